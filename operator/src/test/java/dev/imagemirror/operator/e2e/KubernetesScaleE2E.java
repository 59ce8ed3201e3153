package dev.imagemirror.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.imagemirror.crds.MirrorPolicy;
import dev.imagemirror.crds.MirrorPolicyStatus;
import dev.imagemirror.operator.testing.kubernetes.AuditedRequest;
import dev.imagemirror.operator.testing.kubernetes.PolicyText;
import dev.imagemirror.operator.testing.kubernetes.TestingImages;
import dev.imagemirror.operator.testing.kubernetes.TestingInstallation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many policies, and a large one, every image of which is really copied. How long things take is printed. */
class KubernetesScaleE2E {
    private static final int POLICIES = 50;
    private static final int MIRRORS = 20;
    private static final int LARGE = 250;

    @TempDir
    Path directory;

    @AutoClose("closeHavingBeenForbiddenNothing")
    private TestingInstallation installation;

    @BeforeEach
    void install() throws IOException, InterruptedException {
        installation = TestingInstallation.start(directory);
        installation.policies().namespace("many");
        TestingImages.push(installation.source(), "app:0");
        for (int i = 1; i < LARGE; i++) {
            TestingImages.retag(installation.source(), "app", "0", String.valueOf(i));
        }
        installation.run(Map.of("MIRROR_OPERATOR_JOBS_LOCAL", "8"), "--kubernetes");
    }

    @Test
    void aThousandMirrorsInFiftyPoliciesAreAllCopiedCountedAndLetGoOf() throws IOException, InterruptedException {
        List<PolicyText> policies = new ArrayList<>();
        Set<String> expected = new HashSet<>();
        for (int i = 0; i < POLICIES; i++) {
            PolicyText policy = policy("policy-" + i, MIRRORS);
            policies.add(policy);
            for (int j = 0; j < MIRRORS; j++) {
                expected.add(source(j) + "#" + TestingInstallation.CLUSTER + "/many/" + policy.name());
            }
        }
        installation
                .kubectl()
                .checkWith(
                        policies.stream().map(PolicyText::yaml).collect(Collectors.joining("---\n")),
                        "apply",
                        "--filename=-");

        timed("1,000 rows written", () -> assertThat(installation.rows().all()).containsOnlyKeys(expected));
        timed("1,000 copied, 50 policies ready", () -> assertReady(POLICIES, MIRRORS));
        assertCopied(policies.get(0), MIRRORS);
        assertCopied(policies.get(POLICIES - 1), MIRRORS);
        print(statusWrites() + " writes of status for 50 policies");

        installation.kubectl().check("delete", "mp", "--all", "--namespace=many", "--wait=false");
        timed("50 policies deleted with their rows", () -> {
            assertThat(installation.policies().all()).isEmpty();
            assertThat(installation.rows().all()).isEmpty();
        });
    }

    @Test
    void aPolicyOfTwoHundredAndFiftyMirrorsIsCopiedAndCounted() throws IOException, InterruptedException {
        PolicyText policy = policy("large", LARGE);
        installation.policies().apply(policy);

        timed(
                "250 rows of one policy written",
                () -> assertThat(installation.rows().of("many", "large")).hasSize(LARGE));
        timed("250 copied, the policy ready", () -> assertReady(1, LARGE));
        assertCopied(policy, LARGE);
        print(statusWrites() + " writes of status for one policy of 250 mirrors");
    }

    private void assertReady(int policies, int mirrors) {
        List<MirrorPolicy> all = installation.policies().all();
        assertThat(all).hasSize(policies).allSatisfy(policy -> {
            MirrorPolicyStatus status = policy.getStatus();
            assertThat(status).isNotNull();
            assertThat(status.observedGeneration())
                    .isEqualTo(policy.getMetadata().getGeneration());
            assertThat(status.entries()).isEqualTo(mirrors);
            assertThat(status.inSync()).isEqualTo(mirrors + "/" + mirrors);
            assertThat(status.pairs().copying()
                            + status.pairs().drifted()
                            + status.pairs().blocked())
                    .isZero();
            assertThat(status.worst()).isEmpty();
        });
    }

    private void assertCopied(PolicyText policy, int mirrors) throws IOException, InterruptedException {
        for (int i = 0; i < mirrors; i++) {
            assertThat(TestingImages.digest(destination(policy.name(), i)))
                    .isNotNull()
                    .isEqualTo(TestingImages.digest(source(i)));
        }
    }

    private long statusWrites() throws IOException {
        return installation.server().audit().stream()
                .map(AuditedRequest::resource)
                .filter("mirrorpolicies/status"::equals)
                .count();
    }

    private PolicyText policy(String name, int mirrors) {
        PolicyText policy = PolicyText.of("many", name);
        for (int i = 0; i < mirrors; i++) {
            policy = policy.mirror(source(i), destination(name, i));
        }
        return policy;
    }

    private String source(int mirror) {
        return installation.source().reference("app:" + mirror);
    }

    private String destination(String policy, int mirror) {
        return installation.destination().reference(policy + "/copy-" + mirror + ":1");
    }

    private static void timed(String what, ThrowingRunnable assertion) {
        ConditionFactory patiently = await().atMost(Duration.ofMinutes(10)).pollInterval(Duration.ofSeconds(1));
        long begin = System.nanoTime();
        patiently.untilAsserted(assertion);
        print("%s after %.1f s".formatted(what, (System.nanoTime() - begin) / 1e9));
    }

    private static void print(String what) {
        System.out.println("MirrorPolicy at scale: " + what);
    }
}
