package dev.imagemirror.operator.reconcile.gate;

import dev.imagemirror.operator.domain.Reason;
import dev.imagemirror.operator.domain.SourceTag;
import java.time.Instant;
import java.util.Optional;

/** The source's digest is younger than the row's {@code MinAge}. */
record QuarantineGate() implements CopyGate {
    @Override
    public Optional<ClosedGate> ask(CopyQuestion question) {
        SourceTag tag = question.tag();
        if (tag == null) {
            return Optional.empty();
        }
        Instant ripe = tag.ripeAt(question.options().minAge());
        return ripe.isAfter(question.now())
                ? ClosedGate.held(question.drift(), Reason.QUARANTINED, words(tag, ripe))
                        .map(closed -> closed.lookingAgainAt(ripe))
                : Optional.empty();
    }

    private static String words(SourceTag tag, Instant ripe) {
        String message = tag.current() + " will be copied at " + ripe + " unless the tag changes before then";
        return tag.changes() == 0
                ? message
                : message + "; the tag keeps changing: it changed " + tag.changes()
                        + " times before a digest reached the minimum age";
    }
}
