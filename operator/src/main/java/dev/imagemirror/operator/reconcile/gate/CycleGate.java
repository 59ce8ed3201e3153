package dev.imagemirror.operator.reconcile.gate;

import dev.imagemirror.operator.catalog.EntryIndex;
import dev.imagemirror.operator.domain.Pair;
import dev.imagemirror.operator.domain.Reason;
import java.time.Duration;
import java.util.Optional;

/** The destination is the source, or leads back to it through other entries. */
record CycleGate(EntryIndex index) implements CopyGate {
    /** No event tells when another row of the cycle is deleted. */
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

    @Override
    public Optional<ClosedGate> ask(CopyQuestion question) {
        return index.leadsBack(question.pair())
                ? ClosedGate.held(question.drift(), Reason.CYCLE, words(question.pair()))
                        .map(closed -> closed.lookingAgainAt(question.now().plus(LOOK_AGAIN)))
                : Optional.empty();
    }

    private static String words(Pair pair) {
        return pair.destination()
                + (pair.identity().equals(pair.source().identity())
                        ? " is the source itself; remove it from the destinations"
                        : " leads back to " + pair.source() + " through other entries; remove one of them");
    }

    @Override
    public boolean looksBeyondObservation() {
        return true;
    }
}
