package dev.imagemirror.operator.app.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.image.Visible;
import dev.imagemirror.testing.HostileTexts;
import dev.imagemirror.testing.http.Response;
import dev.imagemirror.testing.http.TestingHttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HealthCheckTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "0.0.0.0", "", " "})
    void respondingOperatorIsHealthyOnAnyAddress(String address) {
        try (TestingHttpServer operator = operator(200)) {
            assertThat(ask(address, port(operator))).as(said()).isZero();
            assertThat(operator.requests("GET", "/healthz")).hasSize(1);
        }
        assertThat(said()).isEmpty();
    }

    @Test
    void rejectsUnexpectedResponses() {
        try (TestingHttpServer operator = operator(503)) {
            assertThat(ask("127.0.0.1", port(operator))).isOne();
        }
        assertThat(said()).contains("/healthz returned: HTTP/1.1 503");
    }

    @Test
    void reportsAMissingResponse() throws IOException {
        String port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = String.valueOf(free.getLocalPort());
        }
        assertThat(ask("127.0.0.1", port)).isOne();
        assertThat(said()).contains("cannot reach /healthz: ");
    }

    @Test
    void reportsAnInvalidPort() {
        assertThat(ask("127.0.0.1", "http")).isOne();
        assertThat(said()).contains("cannot reach /healthz: ").contains("http");
    }

    @Test
    void doesNotPrintInvisibleCharacters() {
        HostileTexts.stored().forEach(text -> {
            ask("127.0.0.1", text);
            assertThat(said().strip())
                    .as(Visible.of(text))
                    .matches(line -> Visible.of(line).equals(line));
            err.reset();
        });
    }

    private static TestingHttpServer operator(int status) {
        return TestingHttpServer.start(null, request -> List.of(), request -> Response.of(status));
    }

    private static String port(TestingHttpServer server) {
        return String.valueOf(URI.create(server.url()).getPort());
    }

    private int ask(String address, String port) {
        return HealthCheck.ask(
                Map.of("MIRROR_OPERATOR_WEB_ADDRESS", address, "MIRROR_OPERATOR_WEB_PORT", port),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
