package dev.imagemirror.registry.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How long each host must be left alone: a 429 to one request holds back all requests to that host. */
final class HostBackoff {
    private final Map<String, Instant> notBefore = new ConcurrentHashMap<>();
    private final Clock clock;

    HostBackoff(Clock clock) {
        this.clock = clock;
    }

    void holdBack(String host, Duration delay) {
        notBefore.merge(host, clock.instant().plus(delay), (a, b) -> a.isAfter(b) ? a : b);
    }

    /** How long a request to {@code host} must wait from now; zero if not at all. */
    Duration delay(String host) {
        Instant until = notBefore.get(host);
        if (until == null) {
            return Duration.ZERO;
        }
        Instant now = clock.instant();
        if (until.isAfter(now)) {
            return Duration.between(now, until);
        }
        notBefore.remove(host, until);
        return Duration.ZERO;
    }
}
