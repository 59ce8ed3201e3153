package dev.imagemirror.operator.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.Resolution;
import dev.imagemirror.operator.port.DigestResolver.Freshness;
import dev.imagemirror.registry.RegistryClient;
import dev.imagemirror.registry.TestingClient;
import dev.imagemirror.registry.http.RegistrySettings;
import dev.imagemirror.registry.http.RetryPolicy;
import dev.imagemirror.registry.http.TestingNetwork;
import dev.imagemirror.registry.model.CredentialProvider;
import dev.imagemirror.testing.MutableClock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Registries whose names lead where nobody may ask. */
class NotAllowedTest {
    private final TestingNetwork network = new TestingNetwork();
    private final MutableClock clock = MutableClock.atSomeInstant();

    @AutoClose
    private final RegistryClient client = TestingClient.in(
            network,
            RegistrySettings.standard(),
            new RetryPolicy(1, Duration.ofMillis(1), Duration.ofMillis(1), clock, d -> {}, new Random(1)));

    @AutoClose
    private final RegistryDigestResolver resolver = new RegistryDigestResolver(
            client,
            RegistryLimits.STANDARD,
            new DeniedMeansMissing(Set.of(), CredentialProvider.ANONYMOUS),
            clock,
            new Random(1));

    private Resolution ask(String text) {
        ImageReference reference = ImageReference.parse(text);
        return resolver.resolve(List.of(reference), Freshness.FRESH).get(reference);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "169.254.169.254", "fd00:ec2::254", "0.0.0.0"})
    void areNotAllowedWhateverTheirName(String address) {
        network.name("registry.example", address);

        assertThat(ask("registry.example/app:1"))
                .isInstanceOfSatisfying(
                        Resolution.NotAllowed.class,
                        forbidden -> assertThat(forbidden.message()).contains("registry.example"));
        assertThat(network.connections()).isEmpty();
    }

    @Test
    void areNotLeftAloneForIt() {
        network.name("registry.example", "169.254.169.254").name("registry.example", "203.0.113.1");

        assertThat(ask("registry.example/app:1")).isInstanceOf(Resolution.NotAllowed.class);
        assertThat(ask("registry.example/app:1")).isInstanceOf(Resolution.Unavailable.class);

        assertThat(network.connections()).containsExactly("203.0.113.1:443");
    }
}
