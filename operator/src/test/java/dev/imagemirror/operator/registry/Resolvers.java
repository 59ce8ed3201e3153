package dev.imagemirror.operator.registry;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.Resolution;
import dev.imagemirror.operator.port.DigestResolver.Freshness;
import dev.imagemirror.operator.port.RegistryHealth;
import dev.imagemirror.registry.RegistryClient;
import dev.imagemirror.registry.TestingSettings;
import dev.imagemirror.registry.http.RetryPolicy;
import dev.imagemirror.registry.model.CredentialProvider;
import dev.imagemirror.testing.MutableClock;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** A resolver with a client that asks once, and a clock that stands still. */
final class Resolvers implements AutoCloseable {
    static final RegistryLimits LIMITS = RegistryLimits.STANDARD;

    final MutableClock clock = MutableClock.atSomeInstant();
    final RegistryDigestResolver resolver;
    private final RegistryClient client;

    Resolvers() {
        this(LIMITS, Duration.ofSeconds(20), CredentialProvider.ANONYMOUS, Set.of());
    }

    Resolvers(RegistryLimits limits) {
        this(limits, Duration.ofSeconds(20), CredentialProvider.ANONYMOUS, Set.of());
    }

    Resolvers(RegistryLimits limits, Duration timeout, CredentialProvider credentials, Set<String> deniedMeansMissing) {
        RetryPolicy once = new RetryPolicy(
                1, Duration.ofMillis(1), Duration.ofMillis(1), Clock.systemUTC(), d -> {}, new Random(1));
        client = new RegistryClient(TestingSettings.onLoopback().withTimeouts(timeout, timeout), credentials, once);
        resolver = new RegistryDigestResolver(
                client, limits, new DeniedMeansMissing(deniedMeansMissing, credentials), clock, new Random(1));
    }

    /** One question, asked anew. */
    Resolution now(String reference) {
        return ask(ImageReference.parse(reference), Freshness.FRESH);
    }

    /** One question of a sweep. */
    Resolution sweep(String reference) {
        return ask(ImageReference.parse(reference), Freshness.CACHED);
    }

    Resolution ask(ImageReference reference, Freshness freshness) {
        return resolver.resolve(List.of(reference), freshness).get(reference);
    }

    /** How the one registry does that was asked so far. */
    RegistryHealth health() {
        return resolver.health().get(0);
    }

    @Override
    public void close() {
        resolver.close();
        client.close();
    }
}
