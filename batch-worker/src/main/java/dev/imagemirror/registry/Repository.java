package dev.imagemirror.registry;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One repository as one party asks it; counts the requests that went to it and notes a denial. Thread-safe.
 */
public final class Repository {
    private static final Pattern COUNT = Pattern.compile("\\s*([0-9]{1,9})(?![0-9])");

    private final String registry;
    private final String path;
    private final AtomicInteger requests = new AtomicInteger();
    private volatile int rateLimitRemaining = -1;
    private volatile RegistryException denial;

    /**
     * @param registry canonical registry name
     * @param path path in the registry
     */
    public Repository(String registry, String path) {
        this.registry = registry;
        this.path = path;
    }

    /** Canonical registry name. */
    public String registry() {
        return registry;
    }

    /** Path in the registry. */
    public String path() {
        return path;
    }

    /** HTTP requests so far, retries included, token requests not. */
    public int requests() {
        return requests.get();
    }

    /** How many pulls the registry said last that it still allows in its present window; -1 if it said nothing. */
    public int rateLimitRemaining() {
        return rateLimitRemaining;
    }

    /** How the registry denied to say what the repository has, or null. */
    RegistryException denial() {
        return denial;
    }

    void setDenial(RegistryException error) {
        denial = error;
    }

    void countRequest() {
        requests.incrementAndGet();
    }

    /** @param header value of {@code RateLimit-Remaining} such as {@code 98;w=21600}, or null */
    void noteRateLimit(String header) {
        Matcher count = header == null ? null : COUNT.matcher(header);
        if (count != null && count.lookingAt()) {
            rateLimitRemaining = Integer.parseInt(count.group(1));
        }
    }

    @Override
    public String toString() {
        return registry + "/" + path;
    }
}
