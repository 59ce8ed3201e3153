package dev.imagemirror.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imagemirror.registry.http.RetryPolicy;
import dev.imagemirror.registry.http.TestingSleeper;
import dev.imagemirror.registry.model.CredentialProvider;
import dev.imagemirror.registry.model.RegistryException;
import dev.imagemirror.registry.model.Repository;
import dev.imagemirror.testing.MutableClock;
import dev.imagemirror.testing.TestingRegistry;
import dev.imagemirror.testing.image.TestingImages;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class RequestListenerIT {
    private final List<String> heard = new CopyOnWriteArrayList<>();

    @Test
    void reportsEveryRequestWithItsStatus() throws RegistryException {
        try (TestingRegistry registry = TestingRegistry.start();
                RegistryClient client = client()) {
            TestingImages.small(1).putInto(registry, "app", "1");
            Repository repository = new Repository(registry.authority(), "app");
            client.digest(repository, "1");
            client.digest(repository, "none");
            assertThat(heard).containsExactly(registry.authority() + " HEAD 200", registry.authority() + " HEAD 404");
        }
    }

    @Test
    void reportsARequestWithoutAnAnswer() {
        String gone;
        try (TestingRegistry registry = TestingRegistry.start()) {
            gone = registry.authority();
        }
        try (RegistryClient client = client()) {
            assertThatThrownBy(() -> client.digest(new Repository(gone, "app"), "1"))
                    .isInstanceOf(RegistryException.class);
        }
        assertThat(heard).isNotEmpty().containsOnly(gone + " HEAD 0");
    }

    private RegistryClient client() {
        MutableClock clock = MutableClock.atSomeInstant();
        RetryPolicy once = new RetryPolicy(
                1, Duration.ofSeconds(1), Duration.ofSeconds(1), clock, new TestingSleeper(clock), new Random(1));
        return new RegistryClient(
                TestingSettings.onLoopback(),
                CredentialProvider.ANONYMOUS,
                once,
                (host, method, status) -> heard.add(host + " " + method + " " + status));
    }
}
