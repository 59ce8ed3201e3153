package dev.imagemirror.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.testing.TestingProxy;
import dev.imagemirror.testing.TestingRegistry;
import dev.imagemirror.testing.TestingTls;
import dev.imagemirror.testing.http.RecordedRequest;
import dev.imagemirror.testing.image.TestingImage;
import dev.imagemirror.testing.image.TestingImages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** By which scheme, authority and way registries are reached. */
class ReachIT {
    private static final String NAME = "registry.example.test";
    private static final TestingTls TLS = TestingTls.create(NAME);

    @AutoClose
    private static final TestingRegistry SECURE =
            TestingRegistry.builder().tls(TLS).start();

    @AutoClose
    private static final TestingRegistry PLAIN = TestingRegistry.start();

    private static final TestingImage IMAGE = TestingImages.small(1);

    private final Map<String, String> environment = new HashMap<>();

    @TempDir
    Path directory;

    @BeforeEach
    void fill() {
        for (TestingRegistry registry : new TestingRegistry[] {SECURE, PLAIN}) {
            IMAGE.putInto(registry, "app", "1");
            registry.clearRequests();
        }
    }

    @Test
    void refusesAnUnknownAuthorityAndNamesTheOption() {
        CommandRun run = CommandRun.of(SECURE.reference("app", "1"), PLAIN.authority() + "/refused");

        assertThat(run.exit()).isEqualTo(69);
        assertThat(run.destination(0).path("error").asText())
                .contains(SECURE.authority(), "--ca-file", "MIRROR_CA_FILES");
        assertThat(PLAIN.content().tags("refused")).isEmpty();
        assertThat(SECURE.requests()).isEmpty();
    }

    @Test
    void trustsTheAuthorityOfTheOption() throws Exception {
        CommandRun run = CommandRun.of(
                "--ca-file=" + TLS.writeCaPem(directory), SECURE.reference("app", "1"), PLAIN.authority() + "/option");

        assertCopied(run, PLAIN, "option");
    }

    @Test
    void trustsEachAuthorityOfTheEnvironmentAndNoOther() throws Exception {
        Path other = Files.createDirectory(directory.resolve("other"));
        TestingTls unrelated = TestingTls.create();
        environment.put("MIRROR_CA_FILES", unrelated.writeCaPem(other) + "," + TLS.writeCaPem(directory));
        CommandRun both = CommandRun.with(environment, PLAIN.reference("app", "1"), SECURE.authority() + "/both");
        environment.put("MIRROR_CA_FILES", other.resolve("ca.crt").toString());
        CommandRun one = CommandRun.with(environment, PLAIN.reference("app", "1"), SECURE.authority() + "/one");

        assertCopied(both, SECURE, "both");
        assertThat(one.exit()).isEqualTo(69);
        assertThat(SECURE.content().tags("one")).isEmpty();
    }

    @Test
    void refusesACertificateForAnotherName() throws Exception {
        try (TestingProxy proxy = TestingProxy.start().route("other.example.test:443", SECURE.authority())) {
            environment.put("HTTPS_PROXY", proxy.url());
            environment.put("MIRROR_CA_FILES", TLS.writeCaPem(directory).toString());

            CommandRun run = CommandRun.with(environment, "other.example.test/app:1", PLAIN.authority() + "/other");

            assertThat(run.exit()).isEqualTo(69);
            assertThat(run.destination(0).path("error").asText()).contains("other.example.test");
            assertThat(SECURE.requests()).isEmpty();
        }
    }

    @Test
    void namesACaFileWithoutACertificate() throws Exception {
        Path file = Files.writeString(directory.resolve("empty.pem"), "no certificate\n");

        CommandRun run = CommandRun.of("--ca-file=" + file, SECURE.reference("app", "1"), PLAIN.authority() + "/no-ca");

        assertThat(run.exit()).isNotZero();
        assertThat(run.out() + run.err()).contains(file.toString(), "PEM");
    }

    @Test
    void neverAsksAHostThatIsNotListedByPlainHttp() {
        try (TestingProxy proxy = TestingProxy.start()
                .route(NAME + ":443", PLAIN.authority())
                .route(NAME + ":80", PLAIN.authority())
                .route(NAME + ":5000", PLAIN.authority())) {
            environment.put("HTTPS_PROXY", proxy.url());
            environment.put("HTTP_PROXY", proxy.url());
            environment.put("MIRROR_INSECURE_REGISTRIES", "other.example.test," + NAME + ":5001");

            for (String registry : new String[] {NAME, NAME + ":5000"}) {
                CommandRun run = CommandRun.with(environment, registry + "/app:1", PLAIN.authority() + "/never");
                assertThat(run.exit()).as(run.out()).isEqualTo(69);
            }

            assertThat(proxy.requests())
                    .isNotEmpty()
                    .allMatch(request -> request.method().equals("CONNECT"));
            assertThat(PLAIN.requests("*", "/v2/app/.*")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {NAME, NAME + ":5000"})
    void asksAListedHostByPlainHttp(String listed) {
        try (TestingProxy proxy = TestingProxy.start().route(NAME + ":5000", PLAIN.authority())) {
            environment.put("HTTP_PROXY", proxy.url());

            CommandRun run = CommandRun.with(
                    environment, "--insecure=" + listed, NAME + ":5000/app:1", PLAIN.authority() + "/listed");

            assertCopied(run, PLAIN, "listed");
            assertThat(proxy.requests())
                    .isNotEmpty()
                    .allMatch(request -> request.path().startsWith("http://" + NAME + ":5000/v2/"));
        }
    }

    @Test
    void tunnelsToAHostThroughTheProxy() throws Exception {
        try (TestingProxy proxy = TestingProxy.start("joe", "p@ss").route(NAME + ":443", SECURE.authority())) {
            environment.put("HTTPS_PROXY", "http://joe:p%40ss@" + proxy.authority());
            environment.put("MIRROR_CA_FILES", TLS.writeCaPem(directory).toString());

            CommandRun run = CommandRun.with(environment, NAME + "/app:1", NAME + "/tunnelled");

            assertCopied(run, SECURE, "tunnelled");
            assertThat(proxy.tunnels()).isNotEmpty().containsOnly(NAME + ":443");
            assertThat(SECURE.requests())
                    .isNotEmpty()
                    .noneMatch(request -> request.headers().has("Proxy-Authorization"));
        }
    }

    @Test
    void streamsUploadsThroughAProxyOfPlainHttpThatWantsACredential() {
        try (TestingProxy proxy = TestingProxy.start("joe", "p@ss").route(NAME + ":80", PLAIN.authority())) {
            environment.put("HTTP_PROXY", "http://joe:p%40ss@" + proxy.authority());
            environment.put("MIRROR_INSECURE_REGISTRIES", NAME);

            CommandRun run = CommandRun.with(environment, PLAIN.reference("app", "1"), NAME + "/streamed");

            assertCopied(run, PLAIN, "streamed");
        }
    }

    @Test
    void saysThatTheProxyWantsACredential() throws Exception {
        try (TestingProxy proxy = TestingProxy.start("joe", "right").route(NAME + ":443", SECURE.authority())) {
            environment.put("HTTPS_PROXY", "http://joe:wrong@" + proxy.authority());
            environment.put("MIRROR_CA_FILES", TLS.writeCaPem(directory).toString());

            CommandRun run = CommandRun.with(environment, NAME + "/app:1", PLAIN.authority() + "/refused");

            assertThat(run.exit()).as(run.err()).isNotZero();
            assertThat(run.destination(0).path("error").asText())
                    .containsIgnoringCase("proxy")
                    .doesNotContain("wrong");
            assertThat(proxy.tunnels()).isEmpty();
        }
    }

    @Test
    void reachesLoopbackDirectlyAndByTheSchemeThatItSpeaks() throws Exception {
        try (TestingProxy proxy = TestingProxy.start()) {
            environment.put("HTTPS_PROXY", proxy.url());
            environment.put("HTTP_PROXY", proxy.url());
            environment.put("MIRROR_CA_FILES", TLS.writeCaPem(directory).toString());

            CommandRun run = CommandRun.with(
                    environment,
                    "127.0.0.1:" + PLAIN.port() + "/app:1",
                    "localhost:" + SECURE.port() + "/loopback",
                    "localhost:" + PLAIN.port() + "/loopback");

            assertCopied(run, SECURE, "loopback");
            assertCopied(run, PLAIN, "loopback");
            assertThat(proxy.requests()).isEmpty();
        }
    }

    @Test
    void findsDockerHubAtItsRealHost() throws Exception {
        TestingTls tls = TestingTls.create("registry-1.docker.io");
        try (TestingRegistry hub = TestingRegistry.builder()
                        .tls(tls)
                        .basicAuth("joe", "pw")
                        .start();
                TestingProxy proxy = TestingProxy.start().route("registry-1.docker.io:443", hub.authority())) {
            IMAGE.putInto(hub, "library/golang", "1.17");
            environment.putAll(new LoginFile()
                    .user("https://index.docker.io/v1/", "joe", "pw")
                    .in(directory));
            environment.put("HTTPS_PROXY", proxy.url());
            environment.put("MIRROR_CA_FILES", tls.writeCaPem(directory).toString());

            CommandRun run = CommandRun.with(environment, "golang:1.17", PLAIN.authority() + "/golang:1");

            assertCopied(run, PLAIN, "golang");
            assertThat(hub.requests())
                    .extracting(RecordedRequest::headers)
                    .allMatch(headers -> headers.first("Host").orElse("").equals("registry-1.docker.io"));
        }
    }

    private static void assertCopied(CommandRun run, TestingRegistry registry, String repository) {
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(IMAGE.differences(registry, repository, "1")).isEmpty();
    }
}
