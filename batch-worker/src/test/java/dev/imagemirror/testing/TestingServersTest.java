package dev.imagemirror.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imagemirror.testing.fault.BodyFaults;
import dev.imagemirror.testing.fault.Fault;
import dev.imagemirror.testing.fault.Faults;
import dev.imagemirror.testing.registry.Hashes;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What concerns connections: TLS, keep-alive, 100-continue, redirects to a blob host, and the forward proxy. */
class TestingServersTest {
    @Test
    void speaksTlsToThoseWhoTrustItsAuthority(@TempDir Path directory) throws Exception {
        try (TestingRegistry registry = TestingRegistry.builder().tls().start()) {
            String ping = registry.url() + "/v2/";

            assertThat(trusting().get(ping).statusCode()).isEqualTo(200);
            assertThatThrownBy(() -> new WebClient(registry.url()).get(ping)).isInstanceOf(SSLHandshakeException.class);
            assertThat(Files.readString(registry.tls().writeCaPem(directory)))
                    .startsWith("-----BEGIN CERTIFICATE-----\n")
                    .endsWith("\n-----END CERTIFICATE-----\n");
        }
    }

    @Test
    void servesManyRequestsOnOneConnection() throws Exception {
        try (TestingRegistry registry = TestingRegistry.start()) {
            String ping = "GET /v2/ HTTP/1.1\r\nHost: a\r\n";

            String answers = new RawClient(registry.port())
                    .sendRaw(ping + "\r\n" + ping + "\r\n" + ping + "Connection: close\r\n\r\n");

            assertThat(answers.split("HTTP/1.1 200", -1)).hasSize(4);
        }
    }

    @Test
    void saysContinueOnlyWhenItReadsTheBody() throws Exception {
        try (TestingRegistry registry = TestingRegistry.start()) {
            RawClient client = new RawClient(registry.port());
            String target = "/v2/app/blobs/uploads/?digest=" + Hashes.sha256("hello".getBytes(UTF_8));

            String taken = client.send("POST", target, "hello", "Expect: 100-continue");
            registry.fault(Fault.on("POST", ".*").then(Faults.status(401)));
            String refused = client.send("POST", target, "hello", "Expect: 100-continue");

            assertThat(taken).startsWith("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201");
            assertThat(refused).startsWith("HTTP/1.1 401").contains("Connection: close");
        }
    }

    @Test
    void resetsBelowTls() throws Exception {
        try (TestingRegistry registry = TestingRegistry.builder().tls().start()) {
            String digest = registry.content().putBlob("app", new byte[100_000]);
            registry.fault(Fault.on("GET", ".*").always().then(BodyFaults.resetResponseAfter(50_000)));

            assertThatThrownBy(() -> trusting().get(registry.url() + "/v2/app/blobs/" + digest))
                    .rootCause()
                    .hasMessageContaining("reset");
        }
    }

    @Test
    void leadsToBlobHostByRedirect() throws Exception {
        try (TestingRegistry registry = TestingRegistry.start();
                TestingBlobHost host = TestingBlobHost.start()) {
            String location = host.put("/bucket/blob", "hello".getBytes(UTF_8));
            registry.fault(Fault.on("GET", ".*").always().then(Faults.redirect(location + "?signed=1")));
            HttpClient.Builder following = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL);

            HttpResponse<byte[]> answer =
                    new WebClient(registry.url(), following).get("/v2/app/blobs/x", "Range", "bytes=1-");

            assertThat(answer.statusCode()).isEqualTo(206);
            assertThat(answer.body()).isEqualTo("ello".getBytes(UTF_8));
            assertThat(host.requests())
                    .singleElement()
                    .satisfies(request ->
                            assertThat(request.query().first("signed")).hasValue("1"))
                    .satisfies(request ->
                            assertThat(request.headers().has("Authorization")).isFalse());
        }
    }

    @Test
    void tunnelsAndForwardsThroughTheProxy() throws Exception {
        try (TestingProxy proxy = TestingProxy.start();
                TestingRegistry secure = TestingRegistry.builder().tls().start();
                TestingRegistry plain = TestingRegistry.start()) {
            ProxySelector selector =
                    ProxySelector.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), proxy.port()));
            HttpClient.Builder throughProxy = HttpClient.newBuilder()
                    .proxy(selector)
                    .sslContext(secure.tls().clientContext());
            WebClient client = new WebClient(plain.url(), throughProxy);

            assertThat(client.get(secure.url() + "/v2/").statusCode()).isEqualTo(200);
            assertThat(client.put("/v2/app/manifests/v1", "{}".getBytes(UTF_8)).statusCode())
                    .isEqualTo(400);

            assertThat(proxy.tunnels()).containsExactly(secure.authority());
            assertThat(plain.requests())
                    .singleElement()
                    .satisfies(put -> assertThat(put.bytesReceived()).isEqualTo(2));
        }
    }

    @Test
    void wantsTheProxysOwnCredential() throws Exception {
        try (TestingProxy proxy = TestingProxy.start("joe", "secret");
                TestingRegistry registry = TestingRegistry.start()) {
            RawClient client = new RawClient(proxy.port());
            String[] credential = TestingRegistryAuthTest.basic("joe", "secret");

            String refused = client.send("GET", registry.url() + "/v2/", "");
            String passed = client.send("GET", registry.url() + "/v2/", "", "Proxy-Authorization: " + credential[1]);

            assertThat(refused).startsWith("HTTP/1.1 407").contains("Proxy-Authenticate: Basic");
            assertThat(passed).startsWith("HTTP/1.1 200");
            assertThat(registry.requests())
                    .singleElement()
                    .satisfies(request -> assertThat(request.headers().has("Proxy-Authorization"))
                            .isFalse());
        }
    }

    private static WebClient trusting() {
        return new WebClient(
                "https://127.0.0.1/",
                HttpClient.newBuilder().sslContext(TestingTls.shared().clientContext()));
    }
}
