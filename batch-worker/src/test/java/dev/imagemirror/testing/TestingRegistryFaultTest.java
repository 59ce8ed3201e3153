package dev.imagemirror.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imagemirror.testing.fault.ArmedFault;
import dev.imagemirror.testing.fault.BodyFaults;
import dev.imagemirror.testing.fault.Fault;
import dev.imagemirror.testing.fault.Faults;
import dev.imagemirror.testing.http.Headers;
import dev.imagemirror.testing.http.Interceptor;
import dev.imagemirror.testing.registry.Trait;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TestingRegistryFaultTest {
    private static final String CONTENT = "0123456789".repeat(2000);

    @AutoClose
    private final TestingRegistry registry = TestingRegistry.start();

    private final RawClient client = new RawClient(registry.port());
    private String blob;

    @BeforeEach
    void storeBlob() {
        blob = "/v2/app/blobs/" + registry.content().putBlob("app", CONTENT.getBytes(ISO_8859_1));
    }

    @Test
    void hitsOnlyWhatMatchesAfterTheSkipped() throws Exception {
        ArmedFault fault =
                registry.fault(Fault.on("GET", ".*/blobs/.+").skip(1).times(2).then(Faults.status(503)));

        assertThat(client.send("HEAD", blob, "")).startsWith("HTTP/1.1 200");
        assertThat(get()).startsWith("HTTP/1.1 200");
        assertThat(get()).startsWith("HTTP/1.1 503");
        assertThat(get()).startsWith("HTTP/1.1 503").contains("\"code\":\"FAULT\"");
        assertThat(get()).startsWith("HTTP/1.1 200");
        assertThat(fault.hits()).isEqualTo(2);
    }

    @Test
    void endsWhenRemoved() throws Exception {
        ArmedFault fault =
                registry.fault(Fault.on("*", ".*").always().then(Faults.status(401, "UNAUTHORIZED", "not now")));

        assertThat(get()).startsWith("HTTP/1.1 401").contains("\"UNAUTHORIZED\"", "not now");
        fault.remove();
        assertThat(get()).startsWith("HTTP/1.1 200");
    }

    @Test
    void answersWithHeadersAndBody() throws Exception {
        commit(Faults.status(403, Headers.of(Map.of("X-Why", "because")), "{}"));

        assertThat(get()).startsWith("HTTP/1.1 403").contains("X-Why: because").endsWith("\r\n\r\n{}");
    }

    @Test
    void asksToRetryAfterSecondsOrAtADate() throws Exception {
        registry.fault(Fault.on("GET", ".*").then(Faults.tooManyRequests(Duration.ofSeconds(7))));
        assertThat(get()).startsWith("HTTP/1.1 429").contains("Retry-After: 7\r\n");

        registry.clearFaults();
        registry.fault(Fault.on("GET", ".*").then(Faults.tooManyRequests(Instant.parse("2026-03-05T04:05:06Z"))));
        assertThat(get()).contains("Retry-After: Thu, 05 Mar 2026 04:05:06 GMT\r\n");
    }

    @Test
    void answersWithoutReadingTheBody() throws Exception {
        String upload = uploadPath();
        commit(Faults.statusWithoutReading(503));

        String answer = client.send("PUT", upload, CONTENT);

        assertThat(answer).startsWith("HTTP/1.1 503").contains("Connection: close");
        assertThat(registry.requests("PUT", ".*"))
                .singleElement()
                .satisfies(put -> assertThat(put.bytesReceived()).isZero());
    }

    @Test
    void resetsBeforeTheAnswer() {
        commit(Faults.resetBeforeAnswer());

        assertThatThrownBy(this::get).isInstanceOf(SocketException.class).hasMessageContaining("reset");
        assertThat(registry.requests())
                .singleElement()
                .satisfies(request -> assertThat(request.status()).isZero());
    }

    @Test
    void closesBeforeTheAnswer() throws Exception {
        commit(Faults.closeBeforeAnswer());

        assertThat(get()).isEmpty();
    }

    @Test
    void resetsAfterDoingWhatWasAsked() throws Exception {
        commit(Faults.resetAfterHandling());

        assertThatThrownBy(() -> client.send("DELETE", blob, "")).isInstanceOf(SocketException.class);
        assertThat(registry.content().blobs("app")).isEmpty();
    }

    @Test
    void resetsWithinTheAnswer() {
        commit(BodyFaults.resetResponseAfter(5000));

        assertThatThrownBy(this::get).isInstanceOf(SocketException.class);
        assertThat(registry.requests())
                .singleElement()
                .satisfies(get -> assertThat(get.bytesSent()).isEqualTo(5000));
    }

    @Test
    void resetsWithinTheRequest() throws Exception {
        String upload = uploadPath();
        commit(BodyFaults.resetRequestAfter(5000));

        assertThatThrownBy(() -> client.send("PATCH", upload, CONTENT)).isInstanceOf(SocketException.class);
        assertThat(client.send("GET", upload, "")).contains("Range: 0-4999\r\n");
    }

    @Test
    void truncatesTheAnswer() throws Exception {
        commit(BodyFaults.truncateResponseAfter(5000));

        assertThat(get())
                .contains("Content-Length: 20000")
                .satisfies(answer -> assertThat(RawClient.bodyOf(answer)).isEqualTo(CONTENT.substring(0, 5000)));
    }

    @Test
    void altersOneByte() throws Exception {
        commit(BodyFaults.flipByte(12345));

        String body = RawClient.bodyOf(get());

        assertThat(body).hasSameSizeAs(CONTENT).isNotEqualTo(CONTENT);
        assertThat(body.substring(0, 12345)).isEqualTo(CONTENT.substring(0, 12345));
        assertThat(body.substring(12346)).isEqualTo(CONTENT.substring(12346));
    }

    @Test
    void sendsAnotherBodyOfTheSameLength() throws Exception {
        commit(BodyFaults.otherBody());

        assertThat(RawClient.bodyOf(get())).hasSameSizeAs(CONTENT).doesNotContain("0123");
    }

    @Test
    void liesAboutTheLength() throws Exception {
        commit(BodyFaults.contentLengthOff(-100));

        assertThat(get()).contains("Content-Length: 19900").endsWith(CONTENT);
        assertThat(client.send("HEAD", blob, "")).contains("Content-Length: 19900");
        registry.clearFaults();
        commit(BodyFaults.contentLengthOff(100));
        assertThat(get()).contains("Content-Length: 20100").endsWith(CONTENT);
    }

    @Test
    void redirectsElsewhereOrToItself() throws Exception {
        commit(Faults.redirectToSelf());
        assertThat(get()).startsWith("HTTP/1.1 307").contains("Location: " + blob + "\r\n");

        registry.clearFaults();
        commit(Faults.redirect("http://elsewhere.invalid/blob"));
        assertThat(get()).contains("Location: http://elsewhere.invalid/blob\r\n");
    }

    @Test
    void delaysTheAnswer() throws Exception {
        commit(Faults.delay(Duration.ofMillis(100)));

        assertThat(timeOf(this::get)).isGreaterThanOrEqualTo(Duration.ofMillis(100));
    }

    @Test
    void slowsTheAnswerAndTheRequest() throws Exception {
        String upload = uploadPath();
        registry.fault(Fault.on("GET", ".*").then(BodyFaults.slowResponse(100_000)));
        registry.fault(Fault.on("PATCH", ".*").then(BodyFaults.slowRequest(100_000)));

        assertThat(timeOf(this::get)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
        assertThat(timeOf(() -> client.send("PATCH", upload, CONTENT))).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    }

    @Test
    void stallsUntilItIsClosed() {
        commit(Faults.stall());

        CompletableFuture<String> answer = sendAside("GET", blob, "");

        Awaitility.await().until(() -> registry.requests().size() == 1);
        Awaitility.await().during(Duration.ofMillis(50)).until(() -> !answer.isDone());
        registry.close();
        Awaitility.await().until(answer::isDone);
    }

    @Test
    void stallsWithinTheAnswer() {
        commit(BodyFaults.stallResponseAfter(1000));

        CompletableFuture<String> answer = sendAside("GET", blob, "");

        Awaitility.await()
                .untilAsserted(() -> assertThat(registry.requests())
                        .singleElement()
                        .satisfies(get -> assertThat(get.bytesSent()).isEqualTo(1000)));
        assertThat(answer).isNotDone();
    }

    @Test
    void stallsWithinTheRequest() throws Exception {
        String upload = uploadPath();
        commit(BodyFaults.stallRequestAfter(1000));

        CompletableFuture<String> answer = sendAside("PATCH", upload, CONTENT);

        Awaitility.await()
                .untilAsserted(() -> assertThat(registry.requests("PATCH", ".*"))
                        .singleElement()
                        .satisfies(patch -> assertThat(patch.bytesReceived()).isEqualTo(1000)));
        assertThat(answer).isNotDone();
    }

    @Test
    void runsHooksBeforeAndWithinARequest() throws Exception {
        AtomicInteger before = new AtomicInteger();
        AtomicInteger within = new AtomicInteger();
        String upload = uploadPath();
        registry.fault(Fault.on("PATCH", ".*").then(Faults.run(before::incrementAndGet)));
        registry.fault(Fault.on("PATCH", ".*").then(BodyFaults.runWithinRequest(1000, within::incrementAndGet)));

        assertThat(client.send("PATCH", upload, CONTENT)).startsWith("HTTP/1.1 202");

        assertThat(before).hasValue(1);
        assertThat(within).hasValue(1);
    }

    private void commit(Interceptor action) {
        registry.fault(Fault.on("*", ".*").always().then(action));
    }

    private String get() throws IOException {
        return client.send("GET", blob, "");
    }

    private CompletableFuture<String> sendAside(String method, String path, String body) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return client.send(method, path, body);
            } catch (IOException e) {
                return e.toString();
            }
        });
    }

    private String uploadPath() throws IOException {
        registry.enable(Trait.RELATIVE_LOCATIONS);
        String answer = client.send("POST", "/v2/app/blobs/uploads/", "");
        registry.clearRequests();
        return answer.lines()
                .filter(line -> line.startsWith("Location: "))
                .map(line -> line.substring("Location: ".length()))
                .findFirst()
                .orElseThrow();
    }

    private static Duration timeOf(Exchange exchange) throws IOException {
        long start = System.nanoTime();
        assertThat(exchange.send()).startsWith("HTTP/1.1 20");
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private interface Exchange {
        String send() throws IOException;
    }
}
