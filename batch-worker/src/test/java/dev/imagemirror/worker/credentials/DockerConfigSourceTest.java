package dev.imagemirror.worker.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imagemirror.registry.model.Credential;
import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.RegistryException;
import dev.imagemirror.testing.MutableClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class DockerConfigSourceTest {
    private final MutableClock clock = MutableClock.atSomeInstant();
    private final DockerConfigSource source = DockerConfigSource.of(this::read, clock);
    private String password = "old";
    private int reads;

    @Test
    void isReadAnewAfterAMinute() throws RegistryException {
        assertThat(found()).isEqualTo("old");
        password = "new";
        assertThat(found()).isEqualTo("old");
        assertThat(reads).isEqualTo(1);

        clock.advance(Duration.ofSeconds(61));

        assertThat(found()).isEqualTo("new");
    }

    @Test
    void isKeptWhileReloadingFails() throws RegistryException {
        found();
        password = null;
        clock.advance(Duration.ofSeconds(61));

        assertThat(found()).isEqualTo("old");
    }

    @Test
    void failsIfItWasNeverRead() {
        password = null;

        assertThatThrownBy(source::config).isInstanceOf(RegistryException.class);
    }

    private String found() throws RegistryException {
        return ((Credential.Basic) source.config().find("a.io", "x").orElseThrow()).password();
    }

    private DockerConfig read() throws RegistryException {
        reads++;
        if (password == null) {
            throw new RegistryException(ErrorKind.ACCESS_DENIED, "half written");
        }
        String auth = Base64.getEncoder().encodeToString(("anna:" + password).getBytes(StandardCharsets.UTF_8));
        String json = "{\"auths\":{\"a.io\":{\"auth\":\"" + auth + "\"}}}";
        return DockerConfig.parse("testing", json.getBytes(StandardCharsets.UTF_8), null);
    }
}
