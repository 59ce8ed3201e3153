package dev.imagemirror.operator.registry;

import dev.imagemirror.operator.domain.Resolution;
import dev.imagemirror.registry.model.RateLimit;
import dev.imagemirror.registry.model.RegistryException;
import dev.imagemirror.thread.Backoff;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Backs off from a registry that is failing or rate limiting: for as long as it asks, otherwise 5 s doubling up to a
 * minute, with jitter. A registry whose rate limit is used up is left alone until its window ends, but at most 5
 * minutes and once per window: some registries do not count the operator's requests (Docker Hub does not count HEAD),
 * and those that do respond 429. Thread-safe.
 */
final class CoolDown {
    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    /** Cap on the delay a registry may ask for. */
    private static final Duration LONGEST_ASKED = Duration.ofHours(6);

    /** Cap on the wait for a window to end. */
    private static final Duration LONGEST_WINDOW = Duration.ofMinutes(5);

    /** How long to ignore the limit afterwards if the registry does not report its window. */
    private static final Duration USUAL_WINDOW = Duration.ofHours(1);

    private final Clock clock;
    private final Backoff backoff;
    private int failures;
    private Instant until = Instant.MIN;
    private Instant windowEnd = Instant.MIN;
    private String cause = "";
    private boolean throttled;

    /** @param random for jitter */
    CoolDown(Clock clock, RandomGenerator random) {
        this.clock = clock;
        this.backoff = new Backoff(FIRST, LONGEST, random);
    }

    /** The answer to give without a request; null if the registry may be queried. */
    synchronized Resolution.@Nullable Unavailable instead() {
        Instant now = clock.instant();
        return until.isAfter(now)
                ? new Resolution.Unavailable(
                        cause + "; next request not before " + until.truncatedTo(ChronoUnit.SECONDS),
                        throttled,
                        Duration.between(now, until))
                : null;
    }

    /** End of the cool-down. */
    synchronized @Nullable Instant until() {
        return until.isAfter(clock.instant()) ? until : null;
    }

    /** The registry responded. */
    synchronized void answered() {
        if (until() == null) {
            failures = 0;
        }
    }

    /** The registry failed or is rate limiting; of concurrent failures the first counts, or one asking for longer. */
    synchronized void failed(RegistryException error) {
        Instant now = clock.instant();
        boolean wasCooling = until.isAfter(now);
        Optional<Instant> asked =
                error.retryAfter().filter(delay -> !delay.isZero()).map(delay -> now.plus(min(delay, LONGEST_ASKED)));
        if (wasCooling && !asked.orElse(Instant.MIN).isAfter(until)) {
            return;
        }
        if (asked.isPresent()) {
            until = asked.get();
        } else {
            failures++;
            until = now.plus(backoff.delay(failures));
        }
        cause = String.valueOf(error.getMessage());
        throttled = error.isThrottled();
    }

    /** The registry reported its remaining rate limit, with {@code underWay} other questions in flight. */
    synchronized void limited(String registry, RateLimit limit, int underWay) {
        Instant now = clock.instant();
        boolean isUsedUp = limit.remaining() < Math.max(1, underWay);
        if (!isUsedUp || windowEnd.isAfter(now) || until.isAfter(now)) {
            return;
        }
        windowEnd = now.plus(limit.window() == null ? USUAL_WINDOW : min(limit.window(), LONGEST_ASKED));
        until = now.plus(min(Duration.between(now, windowEnd), LONGEST_WINDOW));
        cause = registry + " allows " + limit.remaining() + " more pulls in the current rate limit window";
        throttled = true;
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
