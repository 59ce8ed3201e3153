package dev.imagemirror.operator.reconcile.gate;

import dev.imagemirror.operator.domain.Retry;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** A failed copy of the same digest is backing off, and the destination has not changed since. */
record FailureGate() implements CopyGate {
    @Override
    public Optional<ClosedGate> ask(CopyQuestion question) {
        Retry retry = question.status().progress().retry();
        Retry.Cause cause = retry.cause();
        Instant next = retry.nextAttemptAt();
        return cause != null && next != null && next.isAfter(question.now()) && isUnchanged(retry, cause, question)
                ? ClosedGate.held(question.drift(), cause.reason(), cause.message())
                        .map(closed -> closed.lookingAgainAt(next))
                : Optional.empty();
    }

    private static boolean isUnchanged(Retry retry, Retry.Cause cause, CopyQuestion question) {
        return !question.triesAll()
                && Objects.equals(retry.digest(), question.seen().sourceDigest())
                && Objects.equals(cause.destination(), question.seen().destinationDigest());
    }
}
