package dev.imagemirror.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.imagemirror.image.Digest;
import dev.imagemirror.registry.http.Proxies;
import dev.imagemirror.registry.http.RegistrySettings;
import dev.imagemirror.registry.http.RetryPolicy;
import dev.imagemirror.registry.http.TestingNetwork;
import dev.imagemirror.registry.http.TestingSleeper;
import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.RegistryException;
import dev.imagemirror.registry.model.Repository;
import dev.imagemirror.testing.MutableClock;
import dev.imagemirror.testing.TestingRegistry;
import dev.imagemirror.testing.image.TestingImage;
import dev.imagemirror.testing.image.TestingImages;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/**
 * A registry with a public address, one inside, and a client, in a network whose names lead wherever a test wants. Used by
 * one thread.
 */
final class GuardedNetwork implements AutoCloseable {
    /** The address of {@link #registry}, at port 80. */
    static final String PUBLIC = "203.0.113.10";

    final TestingRegistry registry = TestingRegistry.start();
    final TestingRegistry inside = TestingRegistry.start();
    final TestingNetwork network = new TestingNetwork().server(PUBLIC, 80, registry.port());

    /** {@code app:1} in both registries. */
    final TestingImage image = TestingImages.small(1);

    final RegistrySettings settings = RegistrySettings.standard()
            .reaching(Set.of("registry.example", "10.0.0.7", "inner.example"), List.of(), Proxies.NONE);
    private RegistryClient client = client(settings);

    GuardedNetwork() {
        image.putInto(registry, "app", "1");
        image.putInto(inside, "app", "1");
    }

    private RegistryClient client(RegistrySettings other) {
        MutableClock clock = MutableClock.atSomeInstant();
        return TestingClient.in(
                network,
                other,
                new RetryPolicy(
                        3,
                        Duration.ofSeconds(1),
                        Duration.ofMinutes(2),
                        clock,
                        new TestingSleeper(clock),
                        new Random(1)));
    }

    RegistryClient client() {
        return client;
    }

    /** Goes on with a client of other settings. */
    void use(RegistrySettings other) {
        client.close();
        client = client(other);
    }

    /** Asks that host for the image. */
    Digest digest(String host) throws RegistryException {
        return client.digest(new Repository(host, "app"), "1").orElseThrow();
    }

    /** The error of a question that must not be asked. */
    static RegistryException refused(ThrowingCallable question) {
        RegistryException error = catchThrowableOfType(RegistryException.class, question);
        assertThat(error).isNotNull();
        assertThat(error.kind()).as(error.getMessage()).isEqualTo(ErrorKind.NOT_ALLOWED);
        return error;
    }

    @Override
    public void close() {
        client.close();
        registry.close();
        inside.close();
    }
}
