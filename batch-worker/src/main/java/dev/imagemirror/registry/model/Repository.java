package dev.imagemirror.registry.model;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * One repository as one party asks it; counts the requests that went to it and notes a denial. Thread-safe.
 */
public final class Repository {
    private final String registry;
    private final String path;
    private final AtomicInteger requests = new AtomicInteger();
    private volatile RateLimit rateLimit;
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

    /** What the registry said last about the pulls that it still allows, or null. */
    public RateLimit rateLimit() {
        return rateLimit;
    }

    /** How the registry denied to say what the repository has, or null. */
    public RegistryException denial() {
        return denial;
    }

    public void setDenial(RegistryException error) {
        denial = error;
    }

    public void countRequest() {
        requests.incrementAndGet();
    }

    /**
     * Remembers what the registry says of the pulls that it still allows.
     *
     * @param said null if the registry said nothing this time
     */
    public void noteRateLimit(RateLimit said) {
        if (said != null) {
            rateLimit = said;
        }
    }

    @Override
    public String toString() {
        return registry + "/" + path;
    }
}
