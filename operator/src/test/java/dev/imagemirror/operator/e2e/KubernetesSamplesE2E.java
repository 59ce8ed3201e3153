package dev.imagemirror.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.e2e.Peers;
import dev.imagemirror.operator.testing.kubernetes.PolicyText;
import dev.imagemirror.operator.testing.kubernetes.TestingInstallation;
import dev.imagemirror.operator.testing.kubernetes.TestingPolicies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each of {@code manifests/samples}, applied and turned into rows. The front-end runs alone: nobody shall ask the
 * registries that the samples name.
 */
class KubernetesSamplesE2E {
    private static final Path SAMPLES = Peers.projectRoot().resolve("manifests/samples");

    @TempDir
    static Path directory;

    private static TestingInstallation installation;

    @BeforeAll
    static void install() throws IOException, InterruptedException {
        installation = TestingInstallation.start(directory);
        installation.run("--kubernetes-only");
    }

    @AfterAll
    static void remove() throws IOException {
        if (installation != null) {
            try (TestingInstallation last = installation) {
                last.assertNothingWasForbidden();
            }
        }
    }

    static List<String> samples() throws IOException {
        try (Stream<Path> files = Files.list(SAMPLES)) {
            return files.map(file -> file.getFileName().toString().replace(".yaml", ""))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aSampleIsTakenAndBecomesARow(String sample) throws IOException, InterruptedException {
        Path file = SAMPLES.resolve(sample + ".yaml");
        String source = Files.readString(file)
                .lines()
                .filter(line -> line.contains("source: "))
                .map(line -> line.replaceFirst(".*source: ", ""))
                .findFirst()
                .orElseThrow();

        installation.kubectl().check("apply", "--filename=" + file);

        PolicyText policy = PolicyText.of("default", sample);
        TestingPolicies.soon().untilAsserted(() -> {
            assertThat(installation.rows().of("default", sample))
                    .containsExactly(source + "#" + TestingInstallation.CLUSTER + "/default/" + sample);
            assertThat(installation.policies().condition(policy, "Ready")).isEqualTo("False Pending");
        });
    }

    @ParameterizedTest
    @CsvSource({"quarantine, MinAge", "referrers, Referrers", "suspended, Suspend", "tags, Tags", "tags, Interval"})
    void whatASampleIsAboutIsInItsRow(String sample, String attribute) throws IOException, InterruptedException {
        installation.kubectl().check("apply", "--filename=" + SAMPLES.resolve(sample + ".yaml"));

        TestingPolicies.soon().untilAsserted(() -> {
            List<String> keys = installation.rows().of("default", sample);
            assertThat(keys).hasSize(1);
            assertThat(installation.rows().all().get(keys.get(0))).containsKey(attribute);
        });
    }

    @Test
    void theSamplesDirectoryIsAppliedAtOnce() throws IOException, InterruptedException {
        assertThat(installation.kubectl().check("apply", "--filename=" + SAMPLES))
                .hasLineCount(samples().size());
    }
}
