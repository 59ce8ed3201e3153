package dev.imagemirror.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.image.Digest;
import dev.imagemirror.operator.testing.kubernetes.Kubectl;
import dev.imagemirror.operator.testing.kubernetes.PolicyText;
import dev.imagemirror.operator.testing.kubernetes.TestingImages;
import dev.imagemirror.operator.testing.kubernetes.TestingInstallation;
import dev.imagemirror.operator.testing.kubernetes.TestingPolicies;
import dev.imagemirror.operator.testing.kubernetes.TestingRows;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** A policy's life with a loop that really copies: Ready, edits, requests, rows changed by hand, events. */
class KubernetesCopyE2E {
    @TempDir
    static Path directory;

    @AutoClose
    private static TestingInstallation installation;

    private static TestingPolicies policies;

    private String name;

    @BeforeAll
    static void install() throws IOException, InterruptedException {
        installation = TestingInstallation.start(directory);
        policies = installation.policies();
        policies.namespace("team-a");
        installation.run("--kubernetes");
    }

    @BeforeEach
    void nameByTest(TestInfo test) {
        name = test.getTestMethod().orElseThrow().getName().toLowerCase(Locale.ROOT);
    }

    @AfterEach
    void nothingWasForbidden() throws IOException {
        installation.assertNothingWasForbidden();
    }

    @Test
    void readyTurnsTrueWhenTheImagesAreThereAndNotBefore() throws IOException, InterruptedException {
        String source = image("app:1");
        PolicyText policy = policy().mirror(source, to("copy:1"), to("other/copy:stable"));
        policies.apply(policy.with("suspend: true"));
        TestingPolicies.soon()
                .untilAsserted(
                        () -> assertThat(policies.condition(policy, "Ready")).isEqualTo("False Suspended"));
        assertThat(wait(policy, "1s").exit()).isNotZero();
        assertThat(TestingImages.digest(to("copy:1"))).isNull();

        policies.apply(policy);

        assertThat(policies.awaitReady(policy)).contains("condition met");
        assertThat(TestingImages.digest(source)).isNotNull();
        assertThat(TestingImages.digest(to("copy:1"))).isEqualTo(TestingImages.digest(source));
        assertThat(TestingImages.digest(to("other/copy:stable"))).isEqualTo(TestingImages.digest(source));
        assertThat(installation.kubectl().check("get", "mp", name, "--namespace=team-a"))
                .containsPattern("NAME +READY +ENTRIES +IN SYNC +DRIFTED +BLOCKED +AGE")
                .containsPattern(name + " +True +1 +2/2 +0 +0 ");
    }

    @Test
    void waitingAfterAnEditWaitsForWhatTheEditAsksFor() throws IOException, InterruptedException {
        String one = image("one:1");
        String two = image("two:1");
        policies.apply(policy().mirror(one, to("one:1")).mirror(two, to("two:1")));
        policies.awaitReady(policy());

        policies.apply(policy().mirror(one, to("elsewhere:1")));

        policies.awaitReady(policy());
        assertThat(TestingImages.digest(to("elsewhere:1"))).isNotNull().isEqualTo(TestingImages.digest(one));
        assertThat(installation.rows().of("team-a", name)).containsExactly(key(one));
        assertThat(TestingImages.digest(to("two:1")))
                .as("images are never deleted")
                .isEqualTo(TestingImages.digest(two));
    }

    @Test
    void aRequestHasASourceThatHasChangedCopiedBeforeItsTime() throws IOException, InterruptedException {
        image("app:old");
        image("app:new");
        TestingImages.retag(installation.source(), name + "/app", "old", "1");
        String source = installation.source().reference(name + "/app:1");
        policies.apply(policy().mirror(source, to("app:1")));
        policies.awaitReady(policy());
        TestingImages.retag(installation.source(), name + "/app", "new", "1");
        Digest changed = TestingImages.digest(source);
        assertThat(TestingImages.digest(to("app:1"))).isNotEqualTo(changed);

        installation
                .kubectl()
                .check("annotate", "mp", name, "--namespace=team-a", "imagemirror.dev/sync-now=now", "--overwrite");

        TestingPolicies.soon()
                .untilAsserted(
                        () -> assertThat(TestingImages.digest(to("app:1"))).isEqualTo(changed));
    }

    @Test
    void aRowChangedOrRemovedByHandIsPutBack() throws IOException, InterruptedException {
        String source = image("app:1");
        policies.apply(policy().mirror(source, to("app:1")));
        policies.awaitReady(policy());
        var written = installation.rows().all().get(key(source));

        installation.rows().redirect(key(source), to("wrong:1"));
        TestingPolicies.soon()
                .untilAsserted(() -> assertThat(
                                installation.rows().all().get(key(source)).get("Destination"))
                        .isEqualTo(written.get("Destination")));

        installation.rows().remove(key(source));
        TestingPolicies.soon()
                .untilAsserted(() -> assertThat(
                                TestingRows.text(installation.rows().all().get(key(source)), "Revision"))
                        .isEqualTo(written.get("Revision").s()));
        policies.awaitReady(policy());
    }

    @Test
    void eventsTellOfWhatIsMissingAndOfRecovery() throws IOException, InterruptedException {
        String source = installation.source().reference(name + "/late:1");
        policies.apply(policy().mirror(source, to("late:1")));
        TestingPolicies.soon()
                .untilAsserted(() ->
                        assertThat(describe()).containsPattern("Warning +SourceNotFound .* mirror-operator +.*late:1"));
        assertThat(policies.condition(policy(), "Degraded")).isEqualTo("True SourceNotFound");

        image("late:1");
        installation.kubectl().check("annotate", "mp", name, "--namespace=team-a", "imagemirror.dev/sync-now=1");
        policies.awaitReady(policy());

        TestingPolicies.soon()
                .untilAsserted(() -> assertThat(describe())
                        .containsPattern("Normal +Recovered .* after SourceNotFound")
                        .containsPattern("Normal +Ready .* 1 of 1 pairs are in sync"));
    }

    private String describe() throws IOException, InterruptedException {
        return installation.kubectl().check("describe", "mp", name, "--namespace=team-a");
    }

    private static Kubectl.Result wait(PolicyText policy, String limit) throws IOException, InterruptedException {
        return installation
                .kubectl()
                .run(
                        "wait",
                        "--for=condition=Ready",
                        "mp/" + policy.name(),
                        "--namespace=" + policy.namespace(),
                        "--timeout=" + limit);
    }

    private PolicyText policy() {
        return PolicyText.of("team-a", name);
    }

    private String key(String source) {
        return source + "#" + TestingInstallation.CLUSTER + "/team-a/" + name;
    }

    private String image(String repositoryAndTag) throws IOException {
        return TestingImages.push(installation.source(), name + "/" + repositoryAndTag);
    }

    private String to(String repositoryAndTag) {
        return installation.destination().reference(name + "/" + repositoryAndTag);
    }
}
