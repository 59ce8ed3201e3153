package dev.imagemirror.operator.reconcile.gate;

import dev.imagemirror.operator.domain.Retry;
import java.util.Objects;
import java.util.Optional;

/** A failed copy of the same digest is waited out, and nothing changed at the destination since. */
record FailureGate() implements CopyGate {
    @Override
    public Optional<ClosedGate> ask(CopyQuestion question) {
        Retry retry = question.status().progress().retry();
        return !question.triesAll() && isWaitedOut(retry, question)
                ? ClosedGate.held(
                                question.drift(),
                                retry.cause().reason(),
                                retry.cause().message())
                        .map(closed -> closed.wakingAt(retry.nextAttemptAt()))
                : Optional.empty();
    }

    private static boolean isWaitedOut(Retry retry, CopyQuestion question) {
        return retry.cause() != null
                && Objects.equals(retry.digest(), question.seen().sourceDigest())
                && retry.nextAttemptAt() != null
                && retry.nextAttemptAt().isAfter(question.now())
                && Objects.equals(retry.cause().destination(), question.seen().destinationDigest());
    }
}
