package dev.imagemirror.operator.claim;

import dev.imagemirror.operator.domain.Claim;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How long this process has known each claim, by its own monotonic clock: clocks of other machines, which wrote the
 * claims' instants, may be wrong. A one-shot run lives too short for that and goes by the claims' instants, with a
 * grace that is long enough for wrong clocks. Thread-safe.
 */
public final class ClaimAges {
    private static final int MAX_CLAIMS = 100_000;

    private record Known(String id, int epoch, @Nullable String jobId) {
        static Known of(Claim claim) {
            return new Known(claim.id(), claim.epoch(), claim.jobId());
        }
    }

    private final LongSupplier nanoTime;
    private final Clock clock;
    private final boolean isOneShot;
    private final Map<Known, Long> since = new LinkedHashMap<>();

    public ClaimAges(LongSupplier nanoTime, Clock clock, boolean isOneShot) {
        this.nanoTime = nanoTime;
        this.clock = clock;
        this.isOneShot = isOneShot;
    }

    /** Age of a claim for the grace after which it is taken over. */
    Duration forGrace(Claim claim) {
        Duration known = of(claim);
        Duration written = Duration.between(claim.claimedAt(), clock.instant());
        return isOneShot && written.compareTo(known) > 0 ? written : known;
    }

    /**
     * From now on the claim gets older, unless it does already. A claim with another epoch or job is another: a job may be
     * recorded long after it was claimed.
     */
    synchronized void start(Claim claim) {
        since.putIfAbsent(Known.of(claim), nanoTime.getAsLong());
        if (since.size() > MAX_CLAIMS) {
            since.remove(since.keySet().iterator().next());
        }
    }

    /** Age since {@link #start}; zero if that was never called. */
    synchronized Duration of(Claim claim) {
        long now = nanoTime.getAsLong();
        return Duration.ofNanos(now - since.getOrDefault(Known.of(claim), now));
    }

    synchronized void forget(String claimId) {
        since.keySet().removeIf(known -> known.id().equals(claimId));
    }
}
