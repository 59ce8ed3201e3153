package dev.imagemirror.registry;

import static dev.imagemirror.registry.GuardedNetwork.PUBLIC;
import static dev.imagemirror.registry.GuardedNetwork.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.imagemirror.registry.http.AddressRule;
import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.RegistryException;
import dev.imagemirror.testing.TestingRegistry;
import dev.imagemirror.testing.fault.Fault;
import dev.imagemirror.testing.fault.Faults;
import dev.imagemirror.testing.http.Response;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a token is asked for, and what of the answer is shown, in a network whose names lead wherever a test wants. */
class TokenRealmIT {
    private static final String SECRET = "INTERNAL-BODY";

    @AutoClose
    private final GuardedNetwork net = new GuardedNetwork();

    private void challenge(TestingRegistry challenger, String realm) {
        challenger.fault(Fault.on("HEAD", ".*").always().then(Faults.challenge(realm)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://169.254.169.254/token",
                "https://10.0.0.7/token",
                "https://metadata.example/token",
                "https://inner.example/token",
                "https://localhost:8443/token"
            })
    void asksNoInternalAddressForATokenOfAPublicRegistry(String realm) {
        net.network
                .name("registry.example", PUBLIC)
                .name("metadata.example", "169.254.169.254")
                .name("inner.example", "10.0.0.7")
                .server("10.0.0.7", 443, net.inside.port());
        challenge(net.registry, realm);

        refused(() -> net.digest("registry.example"));

        assertThat(net.network.connections()).containsExactly(PUBLIC + ":80");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://10.0.0.7/token", "http://auth.example/token", "ftp://registry.example/token"})
    void asksForATokenByPlainHttpOnTheRegistrysOwnHostOnly(String realm) {
        net.network
                .name("registry.example", PUBLIC)
                .name("auth.example", "203.0.113.20")
                .server("203.0.113.20", 80, net.inside.port())
                .server("10.0.0.7", 80, net.inside.port());
        challenge(net.registry, realm);

        RegistryException error = catchThrowableOfType(RegistryException.class, () -> net.digest("registry.example"));

        assertThat(error.kind()).isEqualTo(ErrorKind.ACCESS_DENIED);
        assertThat(error).hasMessageContaining("token endpoint").hasMessageContaining("not used");
        assertThat(net.network.connections()).containsExactly(PUBLIC + ":80");
    }

    @Test
    void asksNoOtherPortOfThisMachineForAToken() {
        net.network.server("127.0.0.1", 5000, net.registry.port()).server("127.0.0.1", 6000, net.inside.port());
        net.use(net.settings.under(AddressRule.STANDARD.withLoopback(Set.of("127.0.0.1:5000"))));
        challenge(net.registry, "http://127.0.0.1:6000/token");

        refused(() -> net.digest("127.0.0.1:5000"));

        assertThat(net.inside.requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "200, text/plain,       INTERNAL-BODY",
        "200, application/json, '{\"secret\":\"INTERNAL-BODY\"}'",
        "400, application/json, '{\"secret\":\"INTERNAL-BODY\"}'",
        "403, text/plain,       INTERNAL-BODY",
        "403, application/json, '{\"errors\":[{\"code\":\"INTERNAL-BODY\",\"message\":\"INTERNAL-BODY\"}]}'",
        "404, text/html,        <p>INTERNAL-BODY</p>",
        "302, text/plain,       INTERNAL-BODY",
        "500, application/json, '{\"error\":\"INTERNAL-BODY\",\"error_description\":\"INTERNAL-BODY\"}'",
        "429, text/plain,       INTERNAL-BODY"
    })
    void showsNothingThatATokenEndpointAnswers(int status, String type, String body) {
        net.network.name("registry.example", PUBLIC);
        challenge(net.registry, "http://registry.example/token");
        net.registry.fault(Fault.on("GET", "/token").always().then(Faults.answer(Response.text(status, type, body))));

        RegistryException error = catchThrowableOfType(RegistryException.class, () -> net.digest("registry.example"));

        assertThat(error).hasMessageContaining("token endpoint of registry.example");
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            assertThat(String.valueOf(cause)).doesNotContain(SECRET);
        }
    }

    @Test
    void showsTheCodeOfATokenEndpointIfItIsAKnownOne() {
        net.network.name("registry.example", PUBLIC);
        challenge(net.registry, "http://registry.example/token");
        net.registry.fault(Fault.on("GET", "/token")
                .always()
                .then(Faults.answer(Response.text(
                        403,
                        "application/json",
                        "{\"errors\":[{\"code\":\"DENIED\",\"message\":\"" + SECRET + "\"}]}"))));

        assertThat(catchThrowableOfType(RegistryException.class, () -> net.digest("registry.example")))
                .hasMessageContaining("answered 403 (DENIED)")
                .hasMessageNotContaining(SECRET);
    }
}
