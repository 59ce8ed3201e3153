package dev.imagemirror.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.testing.TestingBlobHost;
import dev.imagemirror.testing.TestingRegistry;
import dev.imagemirror.testing.TestingTls;
import dev.imagemirror.testing.fault.Fault;
import dev.imagemirror.testing.fault.Faults;
import dev.imagemirror.testing.http.Headers;
import dev.imagemirror.testing.image.TestingBlob;
import dev.imagemirror.testing.image.TestingImage;
import dev.imagemirror.testing.image.TestingImages;
import dev.imagemirror.testing.registry.TokenAuth;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A registry can send the worker elsewhere, but not its credentials. */
class HostBoundCredentialsIT {
    private final TestingImage image = TestingImages.small(1);

    @AutoClose
    private final TestingBlobHost elsewhere = TestingBlobHost.start();

    @AutoClose
    private final TestingRegistry open = TestingRegistry.start();

    @AutoClose
    private TestingRegistry guarded;

    @TempDir
    Path directory;

    @Test
    void followsARedirectWithoutThePassword() throws Exception {
        guarded = TestingRegistry.builder().basicAuth("joe", "secret").start();

        assertBlobsComeFromElsewhere();
    }

    @Test
    void followsARedirectWithoutTheToken() throws Exception {
        guarded = TestingRegistry.builder()
                .tokenAuth(TokenAuth.forService("svc").user("joe", "secret"))
                .start();

        assertBlobsComeFromElsewhere();
    }

    @Test
    void uploadsElsewhereWithoutThePassword() throws Exception {
        guarded = TestingRegistry.builder().basicAuth("joe", "secret").start();
        image.putInto(open, "app", "1");
        Headers location = Headers.of(Map.of("Location", elsewhere.url() + "/session?state=x"));
        guarded.fault(Fault.on("POST", "/v2/app/blobs/uploads/").always().then(Faults.status(202, location, "")));

        CommandRun run = CommandRun.with(logins(), open.reference("app", "1"), guarded.authority() + "/app");

        assertThat(run.exit()).isNotZero();
        assertThat(elsewhere.requests())
                .anyMatch(request -> request.method().equals("PUT"))
                .noneMatch(request -> request.headers().has("Authorization"));
    }

    @Test
    void answersNoChallengeOfAnotherHost() throws Exception {
        guarded = TestingRegistry.builder().basicAuth("joe", "secret").start();
        image.putInto(guarded, "app", "1");
        redirectBlobs();
        Headers challenge = Headers.of(Map.of("WWW-Authenticate", "Basic realm=\"give it to me\""));
        elsewhere.fault(Fault.on("*", ".*").always().then(Faults.status(401, challenge, "")));

        CommandRun run = CommandRun.with(logins(), guarded.reference("app", "1"), open.authority() + "/app");

        assertThat(run.exit()).as(run.err()).isEqualTo(77);
        assertThat(elsewhere.requests())
                .isNotEmpty()
                .noneMatch(request -> request.headers().has("Authorization"));
    }

    @Test
    void asksForNoTokenByPlainHttpForARegistryThatSpeaksTls() throws Exception {
        TestingTls tls = TestingTls.shared();
        guarded = TestingRegistry.builder().tls(tls).basicAuth("joe", "secret").start();
        Headers challenge = Headers.of(
                Map.of("WWW-Authenticate", "Bearer realm=\"" + elsewhere.url() + "/token\",service=\"svc\""));
        guarded.fault(Fault.on("*", ".*").always().then(Faults.status(401, challenge, "")));
        Map<String, String> environment = new HashMap<>(logins());
        environment.put("MIRROR_CA_FILES", tls.writeCaPem(directory).toString());

        CommandRun run = CommandRun.with(environment, guarded.reference("app", "1"), open.authority() + "/app");

        assertThat(run.exit()).as(run.err()).isEqualTo(77);
        assertThat(run.destination(0).path("error").asText())
                .contains(guarded.authority(), "token endpoint", "neither an HTTPS address");
        assertThat(elsewhere.requests()).isEmpty();
    }

    private void assertBlobsComeFromElsewhere() throws Exception {
        image.putInto(guarded, "app", "1");
        redirectBlobs();

        CommandRun run = CommandRun.with(logins(), guarded.reference("app", "1"), open.authority() + "/app");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(image.differences(open, "app", "1")).isEmpty();
        assertThat(guarded.requests("GET", "/v2/app/blobs/.+"))
                .hasSize(2)
                .allMatch(request -> request.headers().has("Authorization"));
        assertThat(elsewhere.requests())
                .hasSize(2)
                .noneMatch(request -> request.headers().has("Authorization"));
    }

    private void redirectBlobs() {
        for (TestingBlob blob : image.blobs()) {
            String location = elsewhere.put("/bucket/" + blob.digest(), blob.bytes());
            guarded.fault(Fault.on("GET", "/v2/app/blobs/" + blob.digest())
                    .always()
                    .then(Faults.redirect(location + "?signature=x")));
        }
    }

    private Map<String, String> logins() throws Exception {
        return new LoginFile()
                .user(guarded.authority(), "joe", "secret")
                .user(elsewhere.authority(), "joe", "secret")
                .in(directory);
    }
}
