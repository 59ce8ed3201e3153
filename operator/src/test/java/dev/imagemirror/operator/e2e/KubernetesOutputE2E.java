package dev.imagemirror.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.e2e.Peers;
import dev.imagemirror.operator.testing.kubernetes.PolicyText;
import dev.imagemirror.operator.testing.kubernetes.TestingImages;
import dev.imagemirror.operator.testing.kubernetes.TestingInstallation;
import dev.imagemirror.operator.testing.kubernetes.TestingPolicies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What kubectl shows; docs/kubernetes.md quotes what this prints, and nothing else. */
class KubernetesOutputE2E {
    @TempDir
    Path directory;

    private final Set<String> lines = new HashSet<>();

    @AutoClose("closeHavingBeenForbiddenNothing")
    private TestingInstallation installation;

    private TestingPolicies policies;

    @BeforeEach
    void install() throws IOException, InterruptedException {
        installation = TestingInstallation.start(directory);
        policies = installation.policies();
        policies.namespace("team-a");
        installation.run("--kubernetes");
    }

    @Test
    void getDescribeAndWaitReportStateAndProblems() throws IOException, InterruptedException {
        PolicyText golang = PolicyText.of("default", "golang")
                .mirror(image("library/golang:1.17"), to("golang"), to("mirrors/golang:stable"));
        PolicyText app = PolicyText.of("team-a", "app")
                .mirror(image("team/app:1.4"), to("team-a/app"))
                .mirror(installation.source().reference("team/ap:1.4"), to("team-a/ap"));
        PolicyText redis = PolicyText.of("team-a", "redis")
                .with("suspend: true")
                .mirror(image("library/redis:7"), to("team-a/redis"));
        policies.apply(golang);
        String waited = shown("wait", "--for=condition=Ready", "mp/golang", "--timeout=60s");
        policies.apply(app);
        policies.apply(redis);
        TestingPolicies.soon().untilAsserted(() -> {
            assertThat(policies.condition(app, "Ready")).isEqualTo("False SourceNotFound");
            assertThat(policies.get(app).getStatus().inSync()).isEqualTo("1/2");
            assertThat(policies.condition(redis, "Ready")).isEqualTo("False Suspended");
        });

        assertThat(waited).isEqualTo("mirrorpolicy.imagemirror.dev/golang condition met\n");
        assertThat(shown("get", "mp", "-A"))
                .containsPattern("NAMESPACE +NAME +READY +ENTRIES +IN SYNC +DRIFTED +BLOCKED +AGE")
                .containsPattern("default +golang +True +1 +2/2 +0 +0 ")
                .containsPattern("team-a +app +False +2 +1/2 +\\d +1 ")
                .containsPattern("team-a +redis +False +1 +0/1 +1 +0 ");
        assertThat(shown("get", "mp", "-A", "-o", "wide")).contains("REASON", "InSync", "SourceNotFound", "Suspended");
        assertThat(installation.kubectl().check("get", "imagemirror", "-A"))
                .as("by its category")
                .contains("golang", "redis");
        assertThat(shown("describe", "mp", "golang")).containsPattern("Normal +Ready .*2 of 2 pairs are in sync");
        assertThat(shown("describe", "mp", "app", "-n", "team-a"))
                .containsPattern("Warning +SourceNotFound .* 1 pair is blocked; 127")
                .contains("team/ap:1.4");
        assertThat(lines).containsAll(documented("docs/kubernetes.md"));
    }

    /** The lines that a document shows of kubectl's output. */
    private static List<String> documented(String file) throws IOException {
        String text = Files.readString(Peers.projectRoot().resolve(file));
        List<String> found = Stream.of(text.split("(?m)^```"))
                .filter(block -> block.startsWith("\n") && block.matches("(?s)\\n(\\$ kubectl|Status:).*"))
                .flatMap(String::lines)
                .filter(line -> !line.isBlank() && !line.startsWith("$ ") && !line.equals("..."))
                .map(KubernetesOutputE2E::comparable)
                .toList();
        assertThat(found).as(file).hasSizeGreaterThan(5);
        return found;
    }

    /** Without what is another one in each run: ports, times, ages, and the widths of columns that come of these. */
    private static String comparable(String line) {
        return line.replaceAll("127\\.0\\.0\\.1:\\d+", "REGISTRY")
                .replaceAll("\\d{4}-\\d\\d-\\d\\dT[\\d:]+Z", "TIME")
                .replaceAll("\\b\\d+s( |$)", "AGE ")
                .replaceAll(" +", " ")
                .strip();
    }

    private String shown(String... arguments) throws IOException, InterruptedException {
        String out = installation.kubectl().check(arguments);
        out.lines().map(KubernetesOutputE2E::comparable).forEach(lines::add);
        System.out.println("$ kubectl " + String.join(" ", arguments) + "\n" + out);
        return out;
    }

    private String image(String repositoryAndTag) throws IOException {
        return TestingImages.push(installation.source(), repositoryAndTag);
    }

    private String to(String repository) {
        return installation.destination().reference(repository);
    }
}
