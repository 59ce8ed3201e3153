package dev.imagemirror.registry;

import dev.imagemirror.testing.MutableClock;
import java.time.Duration;
import java.util.Random;

/** Clients whose waits take no time. */
final class TestingClient {
    private TestingClient() {}

    /** An anonymous one that tries each request so often. */
    static RegistryClient trying(int attempts) {
        return trying(attempts, TestingSettings.onLoopback(), CredentialProvider.ANONYMOUS);
    }

    static RegistryClient trying(int attempts, RegistrySettings settings, CredentialProvider credentials) {
        MutableClock clock = MutableClock.atSomeInstant();
        return new RegistryClient(
                settings,
                credentials,
                new RetryPolicy(
                        attempts,
                        Duration.ofSeconds(1),
                        Duration.ofMinutes(2),
                        clock,
                        new TestingSleeper(clock),
                        new Random(1)));
    }
}
