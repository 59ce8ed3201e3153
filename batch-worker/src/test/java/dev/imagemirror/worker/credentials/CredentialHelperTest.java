package dev.imagemirror.worker.credentials;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imagemirror.registry.model.Credential;
import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.RegistryException;
import dev.imagemirror.worker.LoginFile;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Helpers that are real programs, found on the PATH that is handed in. */
class CredentialHelperTest {
    @TempDir
    Path directory;

    @Test
    void asksTheHelperOfTheRegistryForItsServer() throws Exception {
        HelperScript script = HelperScript.answering(directory, "vault", "joe", "pw");
        DockerConfig config = config(script, new LoginFile().helper("a.io:5000", "vault"));

        assertThat(config.find("a.io:5000", "app")).contains(new Credential.Basic("joe", "pw"));
        assertThat(config.find("b.io", "app")).isEmpty();
        assertThat(script.calls()).containsExactly("vault get a.io:5000");
    }

    @Test
    void asksTheStoreForEveryOtherRegistry() throws Exception {
        HelperScript.answering(directory, "vault", "joe", "pw");
        HelperScript script = HelperScript.answering(directory, "desktop", "jim", "pw");
        DockerConfig config =
                config(script, new LoginFile().helper("a.io", "vault").store("desktop"));

        assertThat(config.find("a.io", "app")).contains(new Credential.Basic("joe", "pw"));
        assertThat(config.find("b.io", "app")).contains(new Credential.Basic("jim", "pw"));
        assertThat(script.calls()).containsExactly("vault get a.io", "desktop get b.io");
    }

    @Test
    void prefersHelperAndStoreToAPasswordInTheFile() throws Exception {
        HelperScript.answering(directory, "vault", "joe", "pw");
        HelperScript script = HelperScript.answering(directory, "desktop", "jim", "pw");
        LoginFile logins = new LoginFile()
                .helper("a.io", "vault")
                .store("desktop")
                .user("a.io", "stale", "pw")
                .user("b.io/team", "stale", "pw");
        DockerConfig config = config(script, logins);

        assertThat(config.find("a.io", "app")).contains(new Credential.Basic("joe", "pw"));
        assertThat(config.find("b.io", "team/app")).contains(new Credential.Basic("jim", "pw"));
    }

    @Test
    void takesThePasswordInTheFileWhereTheHelperHasNothing() throws Exception {
        HelperScript script =
                HelperScript.write(directory, "vault", "echo 'credentials not found in native keychain'", "exit 1");
        LoginFile logins = new LoginFile().store("vault").user("a.io/team", "team", "pw");

        assertThat(config(script, logins).find("a.io", "team/app")).contains(new Credential.Basic("team", "pw"));
    }

    @Test
    void takesTheMostSpecificPasswordWhereOnlyAnotherRegistryHasAHelper() throws Exception {
        HelperScript script = HelperScript.answering(directory, "vault", "joe", "pw");
        LoginFile logins = new LoginFile()
                .helper("b.io", "vault")
                .user("a.io", "host", "pw")
                .user("a.io/team", "team", "pw");

        assertThat(config(script, logins).find("a.io", "team/app")).contains(new Credential.Basic("team", "pw"));
        assertThat(script.calls()).isEmpty();
    }

    @Test
    void asksForDockerHubByDockersOwnName() throws Exception {
        HelperScript script = HelperScript.answering(directory, "desktop", "joe", "pw");

        assertThat(config(script, new LoginFile().store("desktop")).find("docker.io", "library/golang"))
                .isPresent();
        assertThat(script.calls()).containsExactly("desktop get https://index.docker.io/v1/");
    }

    @Test
    void takesTheUserTokenForAnIdentityToken() throws Exception {
        HelperScript script = HelperScript.answering(directory, "vault", "<token>", "refresh");

        assertThat(helper(script).get("vault", "a.io")).contains(new Credential.IdentityToken("refresh"));
    }

    @Test
    void asksOnceForEachServer() throws Exception {
        HelperScript script = HelperScript.answering(directory, "vault", "joe", "pw");
        CredentialHelper helper = helper(script);

        helper.get("vault", "a.io");
        helper.get("vault", "a.io");
        helper.get("vault", "b.io");

        assertThat(script.calls()).containsExactly("vault get a.io", "vault get b.io");
    }

    @Test
    void asksOnceForConcurrentCallers() throws Exception {
        HelperScript script = HelperScript.answering(directory, "vault", "joe", "pw");
        CredentialHelper helper = helper(script);
        ExecutorService executor = Executors.newFixedThreadPool(8);
        try {
            List<Future<Optional<Credential>>> answers =
                    executor.invokeAll(Collections.nCopies(8, () -> helper.get("vault", "a.io")));

            for (Future<Optional<Credential>> answer : answers) {
                assertThat(answer.get()).contains(new Credential.Basic("joe", "pw"));
            }
        } finally {
            executor.shutdownNow();
        }
        assertThat(script.calls()).hasSize(1);
    }

    @Test
    void takesTheAnswerFromAPipeAndNeverFromAFile() throws Exception {
        HelperScript script = HelperScript.write(
                directory, "vault", "[ -p /dev/stdout ] || exit 9", "echo '{\"Username\":\"joe\",\"Secret\":\"pw\"}'");

        assertThat(helper(script).get("vault", "a.io")).contains(new Credential.Basic("joe", "pw"));
    }

    @Test
    void isAnonymousWhereTheHelperHasNothing() throws Exception {
        HelperScript script =
                HelperScript.write(directory, "vault", "echo 'credentials not found in native keychain'", "exit 1");

        assertThat(helper(script).get("vault", "a.io")).isEmpty();
    }

    @Test
    void givesTheHelperItsEnvironmentAndNoMore() throws Exception {
        HelperScript script = HelperScript.write(
                directory, "vault", "echo '{\"Username\":\"'\"$ONLY_HERE$JAVA_HOME$USER\"'\",\"Secret\":\"pw\"}'");
        CredentialHelper helper =
                new CredentialHelper(Map.of("PATH", script.environment().get("PATH"), "ONLY_HERE", "yes"));

        assertThat(helper.get("vault", "a.io")).contains(new Credential.Basic("yes", "pw"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"echo 'geheim is locked'; exit 3", "echo geheim >&2; exit 3"})
    void saysHowAHelperFailed(String fault) throws Exception {
        HelperScript script = HelperScript.write(directory, "vault", fault);

        assertFails(script, "vault").hasMessageContaining("exited with code 3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "echo geheim",
                "echo '{\"Username\":\"joe\",\"Secret\":\"geheim\"'",
                "echo '{\"Secret\":\"geheim\"}'",
                "echo '{\"Username\":\"geheim\"}'",
                "true",
            })
    void saysThatAnAnswerCannotBeReadWithoutQuotingIt(String answer) throws Exception {
        HelperScript script = HelperScript.write(directory, "vault", answer);

        assertFails(script, "vault")
                .hasMessageContaining("no Username and Secret")
                .hasNoCause();
    }

    @Test
    void saysThatAHelperIsNotInstalled() throws Exception {
        HelperScript script = HelperScript.write(directory, "other", "true");

        assertFails(script, "vault").hasMessageContaining("PATH");
    }

    @Test
    void runsNothingOutsideThePath() throws Exception {
        HelperScript script = HelperScript.answering(directory, "vault", "joe", "pw");

        assertFails(script, "../docker-credential-vault").hasMessageContaining("invalid helper name");
        assertThat(script.calls()).isEmpty();
    }

    private static AbstractThrowableAssert<?, ?> assertFails(HelperScript script, String name) {
        return assertThatThrownBy(() -> helper(script).get(name, "a.io"))
                .isInstanceOfSatisfying(
                        RegistryException.class,
                        error -> assertThat(error.kind()).isEqualTo(ErrorKind.ACCESS_DENIED))
                .hasMessageContainingAll("docker-credential-" + name, "a.io")
                .hasMessageNotContaining("geheim");
    }

    private static CredentialHelper helper(HelperScript script) {
        return new CredentialHelper(script.environment());
    }

    private static DockerConfig config(HelperScript script, LoginFile logins) throws RegistryException {
        return DockerConfig.parse("config.json", logins.json().getBytes(UTF_8), helper(script));
    }
}
