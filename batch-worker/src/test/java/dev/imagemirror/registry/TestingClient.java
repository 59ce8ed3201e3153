package dev.imagemirror.registry;

import dev.imagemirror.registry.http.RegistrySettings;
import dev.imagemirror.registry.http.RetryPolicy;
import dev.imagemirror.registry.http.TestingNetwork;
import dev.imagemirror.registry.http.TestingSleeper;
import dev.imagemirror.registry.model.CredentialProvider;
import dev.imagemirror.registry.model.RequestListener;
import dev.imagemirror.testing.MutableClock;
import java.time.Duration;
import java.util.Random;

/** Clients whose waits take no time, or whose network is one of tests. */
public final class TestingClient {
    private TestingClient() {}

    /** An anonymous one that tries each request so often. */
    static RegistryClient trying(int attempts) {
        return trying(attempts, TestingSettings.onLoopback(), CredentialProvider.ANONYMOUS);
    }

    /** The same by that clock, whose waits are remembered. */
    static RegistryClient trying(int attempts, MutableClock clock, TestingSleeper sleeper) {
        return trying(attempts, TestingSettings.onLoopback(), CredentialProvider.ANONYMOUS, clock, sleeper);
    }

    static RegistryClient trying(int attempts, RegistrySettings settings, CredentialProvider credentials) {
        MutableClock clock = MutableClock.atSomeInstant();
        return trying(attempts, settings, credentials, clock, new TestingSleeper(clock));
    }

    private static RegistryClient trying(
            int attempts,
            RegistrySettings settings,
            CredentialProvider credentials,
            MutableClock clock,
            TestingSleeper sleeper) {
        return new RegistryClient(
                settings,
                credentials,
                new RetryPolicy(attempts, Duration.ofSeconds(1), Duration.ofMinutes(2), clock, sleeper, new Random(1)));
    }

    /** An anonymous one in that network. */
    public static RegistryClient in(TestingNetwork network, RegistrySettings settings, RetryPolicy retries) {
        return new RegistryClient(
                settings, CredentialProvider.ANONYMOUS, retries, RequestListener.NONE, network.network());
    }
}
