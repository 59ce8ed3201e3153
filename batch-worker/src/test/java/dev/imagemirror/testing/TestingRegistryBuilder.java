package dev.imagemirror.testing;

import dev.imagemirror.testing.registry.BasicCredential;
import dev.imagemirror.testing.registry.RegistryOptions;
import dev.imagemirror.testing.registry.TokenAuth;
import dev.imagemirror.testing.registry.Trait;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;

/** Collects the properties of a {@link TestingRegistry}; use each builder once, from one thread. */
public final class TestingRegistryBuilder {
    private final RegistryOptions options = new RegistryOptions();
    private TestingTls tls;

    TestingRegistryBuilder() {}

    /** Speaks HTTPS with the shared test authority. */
    public TestingRegistryBuilder tls() {
        return tls(TestingTls.shared());
    }

    /** Speaks HTTPS with these keys. */
    public TestingRegistryBuilder tls(TestingTls keys) {
        tls = keys;
        return this;
    }

    /** Differs from the default in these ways. */
    public TestingRegistryBuilder with(Trait... traits) {
        options.add(Set.of(traits));
        return this;
    }

    /** Needs Basic authentication. */
    public TestingRegistryBuilder basicAuth(String user, String password) {
        options.basic(new BasicCredential(user, password));
        return this;
    }

    /** Needs Bearer tokens, which {@code /token} of the same server issues. */
    public TestingRegistryBuilder tokenAuth(TokenAuth auth) {
        options.tokenAuth(auth);
        return this;
    }

    /**
     * Behaves as Amazon ECR: this token for user {@code AWS}, repositories that must be created, one PATCH alone, no
     * mounts, pages of 1,000 tags. Add {@link Trait#IMMUTABLE_TAGS} where wanted.
     */
    public TestingRegistryBuilder ecr(String token) {
        options.ecrToken(token);
        options.tagPage(1000);
        return with(Trait.REPOSITORIES_MUST_EXIST, Trait.FIRST_PATCH_ONLY, Trait.NO_MOUNT);
    }

    /** Docker Hub's headers and limit: so many manifest GETs in a window, then 429. */
    public TestingRegistryBuilder rateLimit(int limit, Duration window) {
        options.rateLimit(limit, window);
        return this;
    }

    /** Lists at most this many tags at a time. */
    public TestingRegistryBuilder tagPage(int size) {
        options.tagPage(size);
        return this;
    }

    /** Lists at most this many referrers at a time. */
    public TestingRegistryBuilder referrerPage(int size) {
        options.referrerPage(size);
        return this;
    }

    /** Ends tokens by this clock. */
    public TestingRegistryBuilder clock(Clock clock) {
        options.clock(clock);
        return this;
    }

    /** Starts the registry. */
    public TestingRegistry start() {
        return new TestingRegistry(options, tls);
    }
}
