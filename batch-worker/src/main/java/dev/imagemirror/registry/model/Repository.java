package dev.imagemirror.registry.model;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A repository as seen by one caller: counts its requests, remembers a denial and the rate limit. Thread-safe. */
public final class Repository {
    private final String registry;
    private final String path;
    private final AtomicInteger requests = new AtomicInteger();
    private volatile @Nullable RateLimit rateLimit;
    private volatile @Nullable RegistryException denial;

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

    /** HTTP requests so far, including retries, excluding token requests. */
    public int requests() {
        return requests.get();
    }

    /** The last rate limit that the registry reported, if any. */
    public Optional<RateLimit> rateLimit() {
        return Optional.ofNullable(rateLimit);
    }

    /** The error by which the registry refused to show the repository's content, if it did. */
    public Optional<RegistryException> denial() {
        return Optional.ofNullable(denial);
    }

    /** The registry refused to show the repository's content. */
    public void denied(RegistryException error) {
        denial = error;
    }

    /** The repository exists by now: an earlier denial is obsolete. */
    public void exists() {
        denial = null;
    }

    public void countRequest() {
        requests.incrementAndGet();
    }

    /** Remembers the rate limit of the last response that had one. */
    public void noteRateLimit(RateLimit reported) {
        rateLimit = reported;
    }

    @Override
    public String toString() {
        return registry + "/" + path;
    }
}
