package dev.imagemirror.operator.claim;

import dev.imagemirror.operator.domain.Claim;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How long this process has known each claim, by its own monotonic clock, because the clocks of the machines that wrote
 * the claims may be wrong. A one-shot run is too short-lived for that and uses the claims' timestamps, with a grace
 * period that tolerates clock skew. Thread-safe.
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

    /** The claim's age, to compare with the grace period before takeover. */
    Duration forGrace(Claim claim) {
        Duration known = of(claim);
        Duration written = Duration.between(claim.claimedAt(), clock.instant());
        return isOneShot && written.compareTo(known) > 0 ? written : known;
    }

    /**
     * Starts the claim's age unless already started. A different epoch or job makes it a different claim: a job may be
     * recorded long after it was claimed.
     */
    synchronized void start(Claim claim) {
        since.putIfAbsent(Known.of(claim), nanoTime.getAsLong());
        if (since.size() > MAX_CLAIMS) {
            since.remove(since.keySet().iterator().next());
        }
    }

    /** Age since {@link #start}; zero if never started. */
    synchronized Duration of(Claim claim) {
        long now = nanoTime.getAsLong();
        return Duration.ofNanos(now - since.getOrDefault(Known.of(claim), now));
    }

    synchronized void forget(String claimId) {
        since.keySet().removeIf(known -> known.id().equals(claimId));
    }
}
