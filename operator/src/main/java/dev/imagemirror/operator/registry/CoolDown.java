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
 * Leaves a registry alone that does not answer or asked for fewer requests: as long as it asked for, else 5 s doubling
 * to a minute, jittered. One whose rate limit is used up is left alone until its window ends, but for 5 minutes at most
 * and once a window: there are registries that do not count what the operator asks (Docker Hub counts no HEAD), and
 * those that do say so by 429. Thread-safe.
 */
final class CoolDown {
    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    /** Nobody is believed who asks for more. */
    private static final Duration LONGEST_ASKED = Duration.ofHours(6);

    /** How long is waited for the end of a window. */
    private static final Duration LONGEST_WINDOW = Duration.ofMinutes(5);

    /** How long the limit is not heeded again if the registry does not say how long its window is. */
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

    /** What is answered without a request; null if the registry may be asked. */
    synchronized Resolution.@Nullable Unavailable instead() {
        Instant now = clock.instant();
        return until.isAfter(now)
                ? new Resolution.Unavailable(
                        cause + "; next request not before " + until.truncatedTo(ChronoUnit.SECONDS),
                        throttled,
                        Duration.between(now, until))
                : null;
    }

    /** Until when the registry is left alone. */
    synchronized @Nullable Instant until() {
        return until.isAfter(clock.instant()) ? until : null;
    }

    /** The registry answered. */
    synchronized void answered() {
        if (until() == null) {
            failures = 0;
        }
    }

    /** It did not answer, or asked for fewer requests; of several at once the first decides, or who asks for longer. */
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

    /** The registry said what its rate limit leaves; {@code underWay} other questions are asked at the moment. */
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
