package dev.imagemirror.operator.reconcile;

import dev.imagemirror.operator.domain.Claim;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How long this process has known each claim, by its own monotonic clock: clocks of other machines, which wrote the
 * claims' instants, may be wrong. Thread-safe.
 */
final class ClaimAges {
    private static final int MAX_CLAIMS = 100_000;

    private record Known(String id, int epoch) {}

    private final LongSupplier nanoTime;
    private final Map<Known, Long> since = new LinkedHashMap<>();

    ClaimAges(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Age since the first call for this claim and epoch. */
    synchronized Duration of(Claim claim) {
        long now = nanoTime.getAsLong();
        long first = since.computeIfAbsent(new Known(claim.id(), claim.epoch()), unknown -> now);
        if (since.size() > MAX_CLAIMS) {
            since.remove(since.keySet().iterator().next());
        }
        return Duration.ofNanos(now - first);
    }

    synchronized void forget(String claimId) {
        since.keySet().removeIf(known -> known.id().equals(claimId));
    }
}
