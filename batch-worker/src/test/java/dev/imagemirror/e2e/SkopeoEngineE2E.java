package dev.imagemirror.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.imagemirror.testing.TestingRegistry;
import dev.imagemirror.testing.TestingTls;
import dev.imagemirror.testing.fault.Fault;
import dev.imagemirror.testing.fault.Faults;
import dev.imagemirror.testing.image.TestingImage;
import dev.imagemirror.testing.image.TestingImages;
import dev.imagemirror.testing.registry.Trait;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code --engine skopeo}: the same exit codes, report and promises, with the real skopeo against a testing registry. */
class SkopeoEngineE2E {
    private static final String NAME = "team/app";
    private static final String TAG = "1.0";
    private static final String PREFIX = "MIRROR-REPORT ";
    private static final String PASSWORD = "only-for-tests";

    @TempDir
    private Path directory;

    @AutoClose
    private final TestingRegistry source = TestingRegistry.start();

    private final TestingImage image = TestingImages.dockerList(10_000, 1).storedIn(source, NAME, TAG);

    @AutoClose
    private final TestingRegistry destination = TestingRegistry.start();

    @BeforeAll
    static void findSkopeo() {
        Peers.require("skopeo");
    }

    @Test
    void copiesToSeveralDestinationsAndReports() throws Exception {
        Peers.Result run = mirror(source.reference(NAME, TAG), to("a") + "," + to("b"));

        assertThat(run.exit()).as(run.output()).isZero();
        assertThat(image.differences(destination, NAME, "a")).isEmpty();
        assertThat(image.differences(destination, NAME, "b")).isEmpty();
        JsonNode report = report(run);
        assertThat(report.path("engine").asText()).isEqualTo("skopeo");
        assertThat(report.path("digest").asText()).isEqualTo(image.digest());
        assertThat(report.path("destinations").findValuesAsText("outcome")).containsExactly("copied", "copied");
    }

    @Test
    void leavesEqualDestinationsAlone() throws Exception {
        image.putInto(destination, NAME, TAG);

        Peers.Result run = mirror(source.reference(NAME, TAG), to(TAG));

        assertThat(report(run).at("/destinations/0/outcome").asText()).isEqualTo("present");
        assertThat(destination.requests()).hasSize(1);
    }

    @Test
    void copiesWhatADigestNamesThoughThereIsATag() throws Exception {
        TestingImages.small(2).putInto(source, NAME, TAG);

        Peers.Result run = mirror(source.reference(NAME, TAG) + "@" + image.digest(), to("pinned"));

        assertThat(run.exit()).as(run.output()).isZero();
        assertThat(image.differences(destination, NAME, "pinned")).isEmpty();
    }

    @Test
    void exits66WithoutSource() throws Exception {
        assertFails(mirror(source.reference(NAME, "none"), to(TAG)), 66, "SourceNotFound");
        assertThat(destination.requests()).isEmpty();
    }

    @Test
    void exits77WithoutCredentials() throws Exception {
        try (TestingRegistry locked =
                TestingRegistry.builder().basicAuth("mirror", PASSWORD).start()) {
            assertFails(mirror(source.reference(NAME, TAG), locked.reference(NAME, TAG)), 77, "AccessDenied");
        }
    }

    @Test
    void exits69ForAnUnknownHost() throws Exception {
        assertFails(mirror(source.reference(NAME, TAG), "registry.invalid/" + NAME), 69, "Temporary");
    }

    @Test
    void isDoneWhenAnImmutableTagHasTheDigestAlready() throws Exception {
        destination.enable(Trait.IMMUTABLE_TAGS);
        destination.fault(
                Fault.on("PUT", ".+/manifests/" + TAG).then(Faults.run(() -> image.putInto(destination, NAME, TAG))));

        Peers.Result run = mirror(source.reference(NAME, TAG), to(TAG));

        assertThat(run.exit()).as(run.output()).isZero();
        assertThat(report(run).at("/destinations/0/outcome").asText()).isEqualTo("copied");
        assertThat(destination.requests("PUT", ".+/manifests/" + TAG)).anyMatch(put -> put.status() == 400);
    }

    @ParameterizedTest
    @CsvSource({
        "WRITES_DENIED, 77, AccessDenied",
        "REPOSITORIES_MUST_EXIST, 73, RepositoryNotFound",
        "IMMUTABLE_TAGS, 73, Refused",
    })
    void understandsWhatSkopeoSaysOfARefusal(Trait trait, int exit, String reason) throws Exception {
        if (trait == Trait.IMMUTABLE_TAGS) {
            TestingImages.small(3).putInto(destination, NAME, TAG);
        }
        destination.enable(trait);

        assertFails(mirror(source.reference(NAME, TAG), to(TAG)), exit, reason);
    }

    @Test
    void goesOnToTheOtherDestinationsAfterAFailure() throws Exception {
        try (TestingRegistry denied =
                TestingRegistry.builder().with(Trait.WRITES_DENIED).start()) {
            Peers.Result run = mirror(source.reference(NAME, TAG), denied.reference(NAME, TAG), to(TAG));

            assertThat(run.exit()).as(run.output()).isEqualTo(77);
            assertThat(report(run).path("destinations").findValuesAsText("outcome"))
                    .containsExactly("failed", "copied");
        }
    }

    @Test
    void trustsAnOwnAuthorityAndKeepsThePasswordOffTheCommandLine() throws Exception {
        Path ca = TestingTls.shared().writeCaPem(directory);
        try (TestingRegistry secure =
                TestingRegistry.builder().tls().basicAuth("mirror", PASSWORD).start()) {
            Peers.check(
                    "skopeo",
                    "login",
                    "--tls-verify=false",
                    "--authfile=" + directory.resolve("config.json"),
                    "-u",
                    "mirror",
                    "-p",
                    PASSWORD,
                    secure.authority());

            Peers.Result run = mirror("--ca-file=" + ca, source.reference(NAME, TAG), secure.reference(NAME, TAG));

            assertThat(run.exit()).as(run.output()).isZero();
            assertThat(run.output()).doesNotContain(PASSWORD);
            assertThat(image.differences(secure, NAME, TAG)).isEmpty();
        }
    }

    @Test
    void changesNothingInADryRun() throws Exception {
        Peers.Result run = mirror("--dry-run", source.reference(NAME, TAG), to(TAG));

        assertThat(run.exit()).as(run.output()).isZero();
        assertThat(report(run).at("/destinations/0/outcome").asText()).isEqualTo("planned");
        assertThat(destination.content().repositories()).isEmpty();
    }

    @Test
    void exits70WithoutSkopeo() throws Exception {
        String java = "JAVA_HOME=" + System.getProperty("java.home");

        Peers.Result run =
                Peers.run(command(List.of("env", "PATH=" + directory, java), source.reference(NAME, TAG), to(TAG)));

        assertFails(run, 70, "Internal");
        assertThat(run.output()).contains("cannot run skopeo");
    }

    private String to(String tag) {
        return destination.reference(NAME, tag);
    }

    private Peers.Result mirror(String... words) throws IOException, InterruptedException {
        return Peers.run(command(List.of("env"), words));
    }

    private List<String> command(List<String> environment, String... words) {
        List<String> command = new ArrayList<>(environment);
        command.addAll(List.of("DOCKER_CONFIG=" + directory, Peers.launcher(), "--engine=skopeo"));
        command.addAll(List.of(words));
        return command;
    }

    private static void assertFails(Peers.Result run, int exit, String reason) throws IOException {
        assertThat(run.exit()).as(run.output()).isEqualTo(exit);
        JsonNode failed = report(run).at("/destinations/0");
        assertThat(failed.path("outcome").asText()).isEqualTo("failed");
        assertThat(failed.path("reason").asText()).isEqualTo(reason);
        assertThat(failed.path("error").asText()).isNotEmpty();
    }

    private static JsonNode report(Peers.Result run) throws IOException {
        String line = run.output()
                .lines()
                .filter(one -> one.startsWith(PREFIX))
                .findFirst()
                .orElseThrow();
        return new ObjectMapper().readTree(line.substring(PREFIX.length()));
    }
}
