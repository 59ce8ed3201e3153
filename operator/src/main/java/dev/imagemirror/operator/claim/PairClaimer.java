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

/** Claims the pairs of one job in one transaction, without those whose destinations cannot be had. */
final class PairClaimer {
    /** What became of the pairs; {@code held} are not claimed, and their states, which say why, are not in the table yet. */
    sealed interface Outcome {
        List<PairStatus> held();

        /** Some are claimed: {@code pairs}, as they stand in the table. */
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
     * Claims; a pair whose destination another entry has, or a newer operator keeps, is held, and the others are claimed
     * without it.
     *
     * @param pairs as they stand in the table
     * @param plan the claim of some of them
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
        if (hindered.isEmpty()) { // which would never end
            throw new IllegalStateException(
                    "the claim failed on " + destination + ", which is not one of its destinations");
        }
        return new Attempt.Hindered(hindered);
    }
}
