package dev.imagemirror.operator.claim;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.Claim;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.domain.PairState;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.port.ClaimResult;
import dev.imagemirror.operator.port.NewerOwnerException;
import dev.imagemirror.operator.port.StaleException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Claims the pairs of one job in one transaction, except those whose destinations are not available. */
final class PairClaimer {
    /** The outcome for the pairs; {@code held} are not claimed, and their states, which say why, are not stored yet. */
    sealed interface Outcome {
        List<PairStatus> held();

        /** Some are claimed: {@code pairs}, as stored. */
        record Claimed(ClaimedPairs pairs, List<PairStatus> held) implements Outcome {}

        /** Nothing is claimed. */
        record AllHeld(List<PairStatus> held) implements Outcome {}
    }

    /** One transaction. */
    private sealed interface Attempt {
        /** All pairs are claimed. */
        record Succeeded() implements Attempt {}

        /** Nothing is claimed; {@code pairs}, at least one, cannot be. */
        record Hindered(List<PairStatus> pairs) implements Attempt {}
    }

    private final ClaimLedger ledger;

    PairClaimer(ClaimLedger ledger) {
        this.ledger = ledger;
    }

    /**
     * Claims the pairs; a pair whose destination is owned by another entry or guarded by a newer operator is held, and
     * the rest are claimed without it.
     *
     * @param pairs as stored
     * @param plan creates the claim for a subset of them
     */
    Outcome claim(MirrorRow row, List<PairStatus> pairs, Function<List<PairStatus>, Claim> plan) {
        List<PairStatus> held = new ArrayList<>();
        List<PairStatus> wanted = new ArrayList<>(pairs);
        while (!wanted.isEmpty()) {
            ClaimedPairs claimed = claimed(wanted, plan.apply(wanted));
            if (!(attempt(row, claimed, wanted) instanceof Attempt.Hindered hindered)) {
                return new Outcome.Claimed(claimed.written(), held);
            }
            held.addAll(hindered.pairs());
            hindered.pairs()
                    .forEach(one -> wanted.removeIf(pair -> pair.identity().equals(one.identity())));
        }
        return new Outcome.AllHeld(held);
    }

    private static ClaimedPairs claimed(List<PairStatus> pairs, Claim claim) {
        return new ClaimedPairs(
                claim,
                pairs.stream()
                        .map(pair -> pair.in(
                                        PairState.copying(pair.state().drift(), "submitting a copy job"),
                                        pair.seen(),
                                        claim.claimedAt())
                                .withClaim(claim))
                        .toList());
    }

    private Attempt attempt(MirrorRow row, ClaimedPairs claimed, List<PairStatus> before) {
        Instant now = claimed.claim().claimedAt();
        try {
            ClaimResult result = ledger.begin(row, claimed);
            if (result instanceof ClaimResult.Owned owned) {
                return hindered(
                        before,
                        owned.destination(),
                        pair -> DestinationOwners.conflict(pair.state().drift(), pair.destination(), owned.owner()),
                        now);
            }
            if (result instanceof ClaimResult.Claimed) {
                return new Attempt.Succeeded();
            }
            throw new StaleException(row.key().toString());
        } catch (NewerOwnerException e) {
            return hindered(
                    before,
                    e.destination(),
                    pair -> DestinationOwners.conflict(pair.state().drift(), e),
                    now);
        }
    }

    private static Attempt hindered(
            List<PairStatus> pairs, ImageReference destination, Function<PairStatus, PairState> conflict, Instant now) {
        List<PairStatus> hindered = pairs.stream()
                .filter(pair -> pair.identity().equals(destination.identity()))
                .map(pair -> pair.in(conflict.apply(pair), pair.seen(), now))
                .toList();
        if (hindered.isEmpty()) { // or this would loop forever
            throw new IllegalStateException(
                    "the claim failed on " + destination + ", which is not one of its destinations");
        }
        return new Attempt.Hindered(hindered);
    }
}
