package dev.imagemirror.worker.credentials;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imagemirror.registry.model.Credential;
import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.RegistryException;
import dev.imagemirror.worker.LoginFile;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DockerConfigTest {
    private static final CredentialHelper NO_HELPERS = new CredentialHelper(Map.of());

    @ParameterizedTest
    @CsvSource({
        "https://index.docker.io/v1/, docker.io",
        "index.docker.io/v1/, docker.io",
        "docker.io, docker.io",
        "registry-1.docker.io, docker.io",
        "https://registry-1.docker.io/v2/, docker.io",
        "registry.example.com, registry.example.com",
        "Registry.Example.com, registry.example.com",
        "https://registry.example.com, registry.example.com",
        "https://registry.example.com/, registry.example.com",
        "http://registry.example.com/v1/, registry.example.com",
        "registry.example.com/v2, registry.example.com",
        "registry.example.com:443, registry.example.com",
        "registry.example.com:5000, registry.example.com:5000",
        "https://registry.example.com:5000/v2/, registry.example.com:5000",
        "127.0.0.1:5000, 127.0.0.1:5000",
        "[::1]:5000, [::1]:5000",
        "registry.example.com/team, registry.example.com",
        "registry.example.com/team/app, registry.example.com",
    })
    void knowsARegistryByEachFormOfItsKey(String key, String registry) throws Exception {
        assertThat(find(new LoginFile().user(key, "joe", "pw"), registry, "team/app"))
                .contains(new Credential.Basic("joe", "pw"));
    }

    @ParameterizedTest
    @CsvSource({
        "registry.example.com, registry.example.com:5000",
        "registry.example.com:5000, registry.example.com",
        "registry.example.com, other.example.com",
        "example.com, registry.example.com",
        "registry.example.com, registry.example.com.evil.test",
        "registry.example.com/tea, registry.example.com",
        "registry.example.com/team/app/more, registry.example.com",
        "registry.example.com/other, registry.example.com",
        "https://index.docker.io/v1/, registry.example.com",
        "*, registry.example.com",
    })
    void keepsACredentialFromEveryOtherRegistry(String key, String registry) throws Exception {
        assertThat(find(new LoginFile().user(key, "joe", "pw"), registry, "team/app"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "team/app, app",
        "team/app/deeper, app",
        "team/app2, team",
        "team/other, team",
        "other, host",
        "teams, host",
    })
    void prefersTheMostSpecificKey(String repository, String user) throws Exception {
        LoginFile logins = new LoginFile()
                .user("a.io/team", "team", "pw")
                .user("a.io", "host", "pw")
                .user("a.io/team/app", "app", "pw");

        assertThat(find(logins, "a.io", repository)).contains(new Credential.Basic(user, "pw"));
    }

    @Test
    void readsPasswordsWithColonsAndOtherAlphabets() throws Exception {
        assertThat(find(new LoginFile().user("a.io", "joe", "a:b:ü"), "a.io", "app"))
                .contains(new Credential.Basic("joe", "a:b:ü"));
    }

    @Test
    void readsUserAndPasswordInTheClear() throws Exception {
        String json = "{\"auths\":{\"a.io\":{\"username\":\"joe\",\"password\":\"pw\"}}}";

        assertThat(config(json).find("a.io", "app")).contains(new Credential.Basic("joe", "pw"));
    }

    @Test
    void prefersAnIdentityTokenToThePasswordBesideIt() throws Exception {
        String json = "{\"auths\":{\"a.io\":{\"auth\":\"am9lOnB3\",\"identitytoken\":\"refresh\"}}}";

        assertThat(config(json).find("a.io", "app")).contains(new Credential.IdentityToken("refresh"));
    }

    @Test
    void readsARegistryToken() throws Exception {
        assertThat(find(new LoginFile().registryToken("a.io", "bearer"), "a.io", "app"))
                .contains(new Credential.BearerToken("bearer"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"auths\":{}}",
                "{\"auths\":{\"a.io\":{}}}",
                "{\"auths\":{\"a.io\":{\"auth\":\"\"}}}",
                "{\"auths\":null,\"HttpHeaders\":{\"X\":\"y\"}}",
            })
    void isAnonymousWhereNothingIsSaid(String json) throws Exception {
        assertThat(config(json).find("a.io", "app")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "geheim",
                "[]",
                "{\"auths\":{\"a.io\":{\"auth\":\"Z2VoZWlt\"}}",
                "{\"auths\": geheim}",
            })
    void namesTheFileThatIsNoJsonObjectAndQuotesNothing(String json) {
        assertInvalid(json).hasMessageContainingAll("/home/joe/config.json", "JSON object");
    }

    @ParameterizedTest
    @ValueSource(strings = {"geheim!", "Z2VoZWlt", "OmdlaGVpbQ=="})
    void namesFileAndKeyOfALoginThatCannotBeRead(String auth) {
        assertInvalid("{\"auths\":{\"a.io\":{\"auth\":\"" + auth + "\"}}}")
                .hasMessageContainingAll("/home/joe/config.json", "auths['a.io'].auth", "log in again")
                .hasMessageNotContaining(auth);
    }

    @Test
    void showsNoSecret() throws Exception {
        LoginFile logins = new LoginFile()
                .user("a.io", "joe", "geheim")
                .identityToken("b.io", "geheim")
                .registryToken("c.io", "geheim");
        DockerConfig config = config(logins.json());

        for (String registry : new String[] {"a.io", "b.io", "c.io"}) {
            assertThat(config.find(registry, "app").orElseThrow().toString()).doesNotContain("geheim");
        }
    }

    private static AbstractThrowableAssert<?, ?> assertInvalid(String json) {
        return assertThatThrownBy(() -> config(json))
                .isInstanceOfSatisfying(
                        RegistryException.class,
                        error -> assertThat(error.kind()).isEqualTo(ErrorKind.ACCESS_DENIED))
                .hasMessageNotContaining("geheim")
                .hasNoCause();
    }

    private static Optional<Credential> find(LoginFile logins, String registry, String repository) throws Exception {
        return config(logins.json()).find(registry, repository);
    }

    private static DockerConfig config(String json) throws RegistryException {
        return DockerConfig.parse("/home/joe/config.json", json.getBytes(UTF_8), NO_HELPERS);
    }
}
