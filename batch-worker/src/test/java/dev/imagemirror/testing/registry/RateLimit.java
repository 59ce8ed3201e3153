package dev.imagemirror.testing.registry;

import dev.imagemirror.testing.http.Request;
import dev.imagemirror.testing.http.Response;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Docker Hub's limit on pulls: every GET of a manifest counts, HEAD does not (Docker Hub, "Usage and limits"). */
final class RateLimit {
    private final int limit;
    private final Duration window;
    private final AtomicInteger remaining;

    RateLimit(int limit, Duration window) {
        this.limit = limit;
        this.window = window;
        this.remaining = new AtomicInteger(limit);
    }

    void reset() {
        remaining.set(limit);
    }

    /** Whether this request is one too many. */
    boolean exceeded(Request request) {
        boolean counts = request.method().equals("GET");
        return counts && remaining.getAndUpdate(left -> Math.max(0, left - 1)) == 0;
    }

    Response tooMany() {
        return describe(OciErrors.error(429, "TOOMANYREQUESTS", "You have reached your pull rate limit."));
    }

    Response describe(Response answer) {
        String suffix = ";w=" + window.toSeconds();
        return answer.with("ratelimit-limit", limit + suffix)
                .with("ratelimit-remaining", remaining.get() + suffix)
                .with("docker-ratelimit-source", "127.0.0.1");
    }
}
