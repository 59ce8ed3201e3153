package dev.imagemirror.registry.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.imagemirror.registry.TestingSettings;
import dev.imagemirror.registry.http.Proxies;
import dev.imagemirror.registry.model.Credential;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds a secret does not show it. */
class SecretsTest {
    private static final String SECRET = "hunter2";
    private static final Proxies PROXIES = Proxies.fromEnvironment(
            Map.of("HTTPS_PROXY", "http://me:" + SECRET + "@proxy:3128", "HTTP_PROXY", SECRET + "@proxy.example.com"));

    static List<Object> holders() {
        return List.of(
                new Credential.Basic("me", SECRET),
                new Credential.IdentityToken(SECRET),
                new Credential.BearerToken(SECRET),
                Optional.of(new Credential.Basic("me", SECRET)),
                new TokenCache.Token(SECRET, Instant.EPOCH),
                PROXIES,
                TestingSettings.onLoopback().reaching(Set.of(), List.of(), PROXIES));
    }

    @ParameterizedTest
    @MethodSource("holders")
    void areNotShown(Object holder) {
        assertThat(holder.toString()).doesNotContain(SECRET);
    }

    @Test
    void areTheOnlyPartHidden() {
        assertThat(new Credential.Basic("me", SECRET)).hasToString("Basic[user=me, password=***]");
        assertThat(PROXIES.toString()).contains("proxy:3128", "proxy.example.com");
        assertThat(Proxies.fromEnvironment(Map.of("HTTPS_PROXY", "http://proxy:3128", "NO_PROXY", "a.io")))
                .hasToString("Proxies[https=proxy:3128, http=none, exempt=[a.io]]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"socks5://me:hunter2@proxy", "http://me:hunter2@", "http://me:hunter2@pro xy:1", "hunter2 x"})
    void areNotShownInErrorsAboutInvalidProxies(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Proxies.fromEnvironment(Map.of("HTTPS_PROXY", value)))
                .satisfies(e -> assertThat(e.getMessage())
                        .contains("HTTPS_PROXY is not a proxy address")
                        .doesNotContain(SECRET));
    }
}
