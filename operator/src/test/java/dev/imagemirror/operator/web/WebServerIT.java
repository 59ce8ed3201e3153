package dev.imagemirror.operator.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every answer of the management port. */
@Timeout(60)
class WebServerIT {
    @AutoClose
    private final TestingSite site = new TestingSite();

    @Test
    void isHealthyAsLongAsItAnswers() {
        assertThat(site.get("/healthz").statusCode()).isEqualTo(200);
        assertThat(site.get("/healthz").body()).isEqualTo("{\"status\":\"ok\"}");
    }

    @Test
    void isReadyWhenEveryCheckPasses() throws IOException {
        HttpResponse<String> answer = site.get("/readyz");
        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode document = new ObjectMapper().readTree(answer.body());
        assertThat(document.path("ready").asBoolean()).isTrue();
        assertThat(document.path("checks"))
                .hasSize(3)
                .allMatch(check -> check.path("ok").asBoolean());
    }

    @ParameterizedTest
    @ValueSource(strings = {"tables", "informer", "queue"})
    void isNotReadyWhenACheckFailsAndNamesIt(String name) throws IOException {
        site.faults.put(name, "it does not move");
        HttpResponse<String> answer = site.get("/readyz");
        assertThat(answer.statusCode()).isEqualTo(503);
        JsonNode document = new ObjectMapper().readTree(answer.body());
        assertThat(document.path("ready").asBoolean()).isFalse();
        for (JsonNode check : document.path("checks")) {
            boolean isFailed = check.path("name").asText().equals(name);
            assertThat(check.path("ok").asBoolean()).isEqualTo(!isFailed);
            assertThat(check.path("detail").asText()).isEqualTo(isFailed ? "it does not move" : "");
        }
    }

    @Test
    void metricsAreInPrometheusTextFormat() {
        HttpResponse<String> answer = site.get("/metrics");
        assertThat(answer.body()).isEqualTo("a_metric 1\n");
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/plain; version=0.0.4; charset=utf-8");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/style.css",
                "/app.js",
                "/api/v1/summary",
                "/api/v1/mirrors",
                "/metrics",
                "/healthz",
                "/none"
            })
    void everyResponseHasRestrictiveSecurityHeaders(String path) {
        HttpResponse<String> answer = site.get(path);
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'")
                .contains("frame-ancestors 'none'", "base-uri 'none'", "form-action 'none'")
                .contains("require-trusted-types-for 'script'")
                .doesNotContain("unsafe", "*");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(answer.headers().firstValue("Referrer-Policy")).contains("no-referrer");
        assertThat(answer.headers().firstValue("X-Frame-Options")).contains("DENY");
        assertThat(answer.headers().map().keySet())
                .as("no foreign page may read it, and nobody learns what serves it")
                .noneMatch(name -> name.toLowerCase(java.util.Locale.ROOT).startsWith("access-control-"))
                .doesNotContain("server");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS"})
    void nothingCanBeChanged(String method) {
        HttpRequest request = HttpRequest.newBuilder(site.uri("/api/v1/mirrors"))
                .method(method, BodyPublishers.ofString("{}"))
                .build();
        HttpResponse<String> answer = site.send(request);
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD");
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "evil.example:8080", "127.0.0.1.evil.example", "localhost.evil.example"})
    void rejectsForeignHostNames(String host) throws IOException {
        assertThat(answerTo("GET /api/v1/mirrors HTTP/1.1", host)).startsWith("HTTP/1.1 421 ");
        assertThat(answerTo("GET / HTTP/1.1", host)).startsWith("HTTP/1.1 421 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "localhost:1", "127.0.0.1", "127.0.0.1:9", "[::1]:80", "LOCALHOST"})
    void addressesAndLocalhostAreFine(String host) throws IOException {
        assertThat(answerTo("GET /healthz HTTP/1.1", host)).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void namesThatAreConfiguredAreFine() throws IOException {
        try (TestingSite named = new TestingSite(new WebSettings("127.0.0.1", 0, Set.of("mirror.example")))) {
            assertThat(answerTo(named.port(), "GET /healthz HTTP/1.1", "mirror.example:80"))
                    .startsWith("HTTP/1.1 200 ");
            assertThat(answerTo(named.port(), "GET /healthz HTTP/1.1", "other.example"))
                    .startsWith("HTTP/1.1 421 ");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../application.yaml",
                "/%2e%2e/logback.xml",
                "/web/index.html",
                "/logback.xml",
                "/..%2flogback.xml",
                "/app.js/../../logback.xml",
                "/index.html%00",
                "/;/logback.xml"
            })
    void nothingButItsOwnFilesIsServed(String path) throws IOException {
        assertThat(answerTo("GET " + path + " HTTP/1.1", "localhost")).matches("(?s)HTTP/1\\.1 (400|404) .*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"//api/v1/mirrors", "/%zz<script>", "/\u0001", "/a/..;/b"})
    void serverErrorsLookLikeAllOthersAndEchoNothing(String path) throws IOException {
        String answer = answerTo("GET " + path + " HTTP/1.1", "localhost");
        assertThat(answer)
                .matches("(?s)HTTP/1\\.1 40[04] .*")
                .contains("Content-Security-Policy: default-src 'none'", "X-Content-Type-Options: nosniff")
                .contains("{\"error\":{\"message\":")
                .doesNotContain("<", "mirrors", "Jetty");
    }

    @Test
    void assetsAreNotSentAgainWhenTheBrowserHasThem() {
        String tag = site.get("/style.css").headers().firstValue("ETag").orElseThrow();
        HttpResponse<String> again = site.send(HttpRequest.newBuilder(site.uri("/style.css"))
                .header("If-None-Match", tag)
                .build());
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
    }

    @Test
    void reportsAPortInUse() {
        WebSettings taken = new WebSettings("127.0.0.1", site.port(), Set.of());
        assertThatThrownBy(() -> new TestingSite(taken))
                .isInstanceOf(WebStartException.class)
                .hasMessageContaining("port " + site.port() + " of 127.0.0.1")
                .hasMessageContaining("in use");
    }

    @Test
    void itListensOnLoopbackOnly() throws IOException {
        List<InetAddress> others = java.net.NetworkInterface.networkInterfaces()
                .flatMap(java.net.NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress() && address instanceof java.net.Inet4Address)
                .toList();
        for (InetAddress address : others) {
            assertThatThrownBy(() -> new Socket(address, site.port()).close()).isInstanceOf(IOException.class);
        }
        new Socket(InetAddress.getLoopbackAddress(), site.port()).close();
    }

    private String answerTo(String line, String host) throws IOException {
        return answerTo(site.port(), line, host);
    }

    private static String answerTo(int port, String line, String host) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            String request = line + "\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
