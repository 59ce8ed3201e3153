package dev.imagemirror.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.testing.TestingProxy;
import dev.imagemirror.testing.TestingRegistry;
import dev.imagemirror.testing.fault.Fault;
import dev.imagemirror.testing.fault.Faults;
import dev.imagemirror.testing.http.Response;
import dev.imagemirror.testing.image.TestingImages;
import dev.imagemirror.testing.registry.TokenAuth;
import dev.imagemirror.worker.credentials.HelperScript;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever happens, the output of {@code mirror --verbose} shows no password and no token. */
class SecretsIT {
    private static final String SECRET = "Geheim-4711";

    @AutoClose
    private final TestingRegistry basic =
            TestingRegistry.builder().basicAuth("joe", SECRET).start();

    @AutoClose
    private final TestingRegistry token = TestingRegistry.builder()
            .tokenAuth(TokenAuth.forService("svc").user("joe", SECRET))
            .start();

    @AutoClose
    private final TestingRegistry refresh = TestingRegistry.builder()
            .tokenAuth(TokenAuth.forService("svc").user("joe", "-").identityToken(SECRET))
            .start();

    @AutoClose
    private final TestingProxy proxy = TestingProxy.start("joe", SECRET);

    private final Map<String, String> environment = new HashMap<>();

    @TempDir
    Path directory;

    @BeforeEach
    void fill() throws Exception {
        TestingImages.small(1).putInto(basic, "app", "1");
        environment.put("HTTP_PROXY", "http://joe:" + SECRET + "@" + proxy.authority());
        environment.put("MIRROR_INSECURE_REGISTRIES", "registry.example.test");
        proxy.route("registry.example.test:80", token.authority());
    }

    @Test
    void showsNoneWhenAllGoesWell() throws Exception {
        environment.putAll(
                HelperScript.answering(directory, "vault", "joe", SECRET).environment());
        CommandRun run = mirror(new LoginFile()
                .user(basic.authority(), "joe", SECRET)
                .user("registry.example.test", "joe", SECRET)
                .identityToken(refresh.authority(), SECRET)
                .helper(token.authority(), "vault"));

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.err()).contains("PUT http://" + refresh.authority() + "/v2/app/manifests/");
        assertShowsNoSecret(run);
    }

    @Test
    void showsNoneWhenRegistriesRefuseThem() throws Exception {
        environment.putAll(HelperScript.write(directory, "vault", "echo " + SECRET, "echo " + SECRET + " >&2", "exit 1")
                .environment());
        CommandRun run = mirror(new LoginFile()
                .user(basic.authority(), "joe", SECRET)
                .user("registry.example.test", "jim", SECRET)
                .identityToken(refresh.authority(), SECRET + "x")
                .helper(token.authority(), "vault"));

        assertThat(run.exit()).as(run.err()).isEqualTo(77);
        for (int i = 0; i < 3; i++) {
            assertThat(run.destination(i).path("reason").asText()).isEqualTo("AccessDenied");
        }
        assertShowsNoSecret(run);
    }

    @Test
    void showsNoneWhenTheConfigurationIsMalformed() throws Exception {
        Files.writeString(directory.resolve("config.json"), "{\"auths\":{\"a.io\":{\"auth\":" + SECRET + "}}}");
        environment.put("DOCKER_CONFIG", directory.toString());

        CommandRun run = run();

        assertThat(run.exit()).as(run.err()).isEqualTo(77);
        assertThat(run.out()).contains(directory.resolve("config.json").toString());
        assertShowsNoSecret(run);
    }

    @Test
    void showsNoneOfATokenAnswerThatIsNoJson() throws Exception {
        for (TestingRegistry registry : List.of(token, refresh)) {
            registry.fault(Fault.on("*", "/token")
                    .always()
                    .then(Faults.answer(Response.text(200, "application/json", "token=" + SECRET))));
        }

        CommandRun run = mirror(new LoginFile()
                .user(basic.authority(), "joe", SECRET)
                .user("registry.example.test", "joe", SECRET)
                .identityToken(refresh.authority(), SECRET)
                .user(token.authority(), "joe", SECRET));

        assertThat(run.exit()).as(run.err()).isEqualTo(69);
        assertThat(run.destination(0).path("error").asText()).contains("not JSON");
        assertShowsNoSecret(run);
    }

    @Test
    void showsNoneInTheSettings() {
        WorkerSettings settings = WorkerSettings.of(new MirrorOptions(), new Environment(environment));

        assertThat(settings.toString()).contains(proxy.authority()).doesNotContain(SECRET);
    }

    private CommandRun mirror(LoginFile logins) throws Exception {
        environment.putAll(logins.in(directory));
        return run();
    }

    private CommandRun run() throws Exception {
        return MirrorProcess.run(
                directory,
                environment,
                "--verbose",
                basic.reference("app", "1"),
                refresh.authority() + "/app",
                token.authority() + "/app",
                "registry.example.test/proxied");
    }

    private void assertShowsNoSecret(CommandRun run) {
        String output = run.out() + run.err();
        assertThat(output).doesNotContain(SECRET).doesNotContain(base64("joe:" + SECRET), base64("jim:" + SECRET));
        assertThat(sentTokens()).noneMatch(output::contains);
    }

    /** What came behind the scheme in any Authorization. */
    private Set<String> sentTokens() {
        return Stream.of(basic, token, refresh)
                .flatMap(registry -> registry.requests().stream())
                .flatMap(request -> request.headers().all("Authorization").stream())
                .map(value -> value.substring(value.indexOf(' ') + 1))
                .collect(Collectors.toSet());
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }
}
