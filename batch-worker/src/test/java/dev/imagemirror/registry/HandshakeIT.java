package dev.imagemirror.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.imagemirror.image.Digest;
import dev.imagemirror.registry.http.Proxies;
import dev.imagemirror.registry.http.RegistrySettings;
import dev.imagemirror.registry.http.RetryPolicy;
import dev.imagemirror.registry.model.CredentialProvider;
import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.RegistryException;
import dev.imagemirror.registry.model.Repository;
import dev.imagemirror.testing.MutableClock;
import dev.imagemirror.testing.TestingProxy;
import dev.imagemirror.testing.TestingRegistry;
import dev.imagemirror.testing.TestingTls;
import dev.imagemirror.testing.image.TestingImage;
import dev.imagemirror.testing.image.TestingImages;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which faults of the first contact pass by themselves, and what they say about the registry's scheme. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HandshakeIT {
    private static final int ATTEMPTS = 3;
    private static final String NAME = "registry.example.test";
    private static final TestingTls TLS = TestingTls.create(NAME);

    @AutoClose
    private final TestingRegistry registry = TestingRegistry.builder().tls(TLS).start();

    @AutoClose
    private final BrokenHandshakes broken = new BrokenHandshakes();

    @AutoClose
    private final TestingProxy proxy = TestingProxy.start();

    private final TestingImage image = TestingImages.small(1).storedIn(registry, "app", "1");

    @TempDir
    Path directory;

    @Test
    void isRetriedAfterAnAbortedHandshake() throws Exception {
        proxy.route(NAME + ":443", broken.authority());
        RetryPolicy.Sleeper recovery = delay -> proxy.route(NAME + ":443", registry.authority());

        try (RegistryClient client = client(true, recovery)) {
            assertThat(client.digest(new Repository(NAME, "app"), "1")).hasValue(Digest.parse(image.digest()));
        }

        assertThat(broken.connections()).isEqualTo(1);
    }

    @Test
    void doesNotBlameTheCertificateForRepeatedAborts() throws Exception {
        proxy.route(NAME + ":443", broken.authority());

        try (RegistryClient client = client(true, delay -> {})) {
            assertThatThrownBy(() -> client.digest(new Repository(NAME, "app"), "1"))
                    .isInstanceOfSatisfying(
                            RegistryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.TEMPORARY))
                    .hasMessageContaining(NAME)
                    .hasMessageNotContaining("--ca-file");
        }

        assertThat(broken.connections()).isEqualTo(ATTEMPTS);
    }

    @Test
    void isNotRetriedForACertificateOfAnUnknownAuthority() throws Exception {
        proxy.route(NAME + ":443", registry.authority());

        try (RegistryClient client = client(false, delay -> {})) {
            assertThatThrownBy(() -> client.digest(new Repository(NAME, "app"), "1"))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("--ca-file");
        }

        assertThat(proxy.tunnels()).hasSize(1);
    }

    @Test
    void leavesALoopbackRegistryThatBreaksOffForPlainHttp() throws Exception {
        try (RegistryClient client = client(true, delay -> {})) {
            assertThatThrownBy(() -> client.digest(new Repository(broken.authority(), "app"), "1"))
                    .isInstanceOf(RegistryException.class);

            // one by plain HTTP, one by TLS, and as many more as a request is tried
            assertThat(broken.connections()).isEqualTo(2 + ATTEMPTS);
            assertThat(client.isPlainHttp(broken.authority())).isTrue();
        }
    }

    @Test
    void isStillTriedAfterARequestThatWasNeverAnswered() throws Exception {
        Repository repository = new Repository(registry.authority(), "app");

        try (RegistryClient client = client(true, delay -> {})) {
            Thread.currentThread().interrupt();
            Throwable unanswered = catchThrowable(() -> client.digest(repository, "1"));
            assertThat(Thread.interrupted()).isTrue();

            assertThat(unanswered).isInstanceOf(RegistryException.class);
            assertThat(client.digest(repository, "1")).hasValue(Digest.parse(image.digest()));
            assertThat(client.isPlainHttp(registry.authority())).isFalse();
        }
    }

    private RegistryClient client(boolean trusting, RetryPolicy.Sleeper sleeper) throws Exception {
        URI through = URI.create(proxy.url());
        RegistrySettings settings = TestingSettings.onLoopback()
                .reaching(
                        Set.of(),
                        trusting ? List.of(TLS.writeCaPem(directory)) : List.of(),
                        new Proxies(Map.of("https", through), List.of()));
        RetryPolicy policy = new RetryPolicy(
                ATTEMPTS,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                MutableClock.atSomeInstant(),
                sleeper,
                new Random(1));
        return new RegistryClient(settings, CredentialProvider.ANONYMOUS, policy);
    }
}
