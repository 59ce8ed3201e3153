package dev.imagemirror.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.imagemirror.crds.Condition;
import dev.imagemirror.crds.DeletionPolicy;
import dev.imagemirror.crds.Mirror;
import dev.imagemirror.crds.MirrorPolicy;
import dev.imagemirror.crds.MirrorPolicySpec;
import dev.imagemirror.operator.config.ConfigLoader;
import dev.imagemirror.operator.dynamodb.DynamoClusterNames;
import dev.imagemirror.operator.program.Context;
import dev.imagemirror.operator.program.Exit;
import dev.imagemirror.operator.runtime.CatalogFeed;
import dev.imagemirror.operator.runtime.FrontEnd;
import dev.imagemirror.operator.runtime.Service;
import dev.imagemirror.operator.testing.TestingCluster;
import dev.imagemirror.operator.testing.TestingDynamoServer;
import dev.imagemirror.operator.wiring.Wiring;
import dev.imagemirror.testing.image.TestingImage;
import dev.imagemirror.testing.image.TestingImages;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Front-end, loop, both tables in DynamoDB Local with their streams, registries, and a mock of an API server. */
@Timeout(120)
class KubernetesCommandIT extends CommandsWithRegistries {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @AutoClose
    private final TestingCluster cluster = new TestingCluster();

    @BeforeEach
    void setUp() {
        commands.follow(cluster);
    }

    @Test
    void policyBecomesReadyOnceCopiedAndItsRowsAreDeletedWithIt() {
        TestingImage image = TestingImages.small(1);
        image.putInto(from, "team/app", "1");
        Context context = new Context(
                commands.environment, System.out, System.err, Clock.systemUTC(), new SplittableRandom(7), false);
        try (Wiring wiring = Wiring.open(
                        ConfigLoader.load(null, commands.environment).config(), context, false);
                Service service = new Service(wiring, context);
                CatalogFeed feed = new CatalogFeed(wiring);
                FrontEnd frontEnd = new FrontEnd(wiring, feed, context, why -> {}, false)) {
            feed.start();
            feed.followMirrors();
            service.start();
            frontEnd.start();
            cluster.create(policy(from.reference("team/app", "1"), to.reference("copy/app", "1")));

            await().atMost(LIMIT).untilAsserted(() -> assertThat(readyReason()).isEqualTo("InSync"));
            assertThat(image.differences(to, "copy/app", "1")).isEmpty();
            assertThat(frontEnd.isReady()).isTrue();
            assertThat(commands.rows()).containsOnlyKeys(from.reference("team/app", "1") + "#prod/team-a/images");

            commands.removeRow(from.reference("team/app", "1") + "#prod/team-a/images");
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(commands.rows()).hasSize(1));

            cluster.delete("team-a", "images");
            await().atMost(LIMIT).until(() -> cluster.policy("team-a", "images") == null);
            assertThat(commands.rows()).isEmpty();
        }
    }

    @Test
    void theClustersNameIsMandatory() {
        commands.environment.remove("MIRROR_OPERATOR_KUBERNETES_CLUSTER");

        assertThat(commands.run("run", "--kubernetes-only")).isEqualTo(Exit.CONFIG);
        assertThat(commands.err()).contains("kubernetes.cluster is not set");
    }

    @Test
    void takenClusterNameIsAConfigurationError() {
        new DynamoClusterNames(
                        TestingDynamoServer.shared().client(),
                        commands.tables.statuses(),
                        delay -> {},
                        new SplittableRandom(1))
                .claim("prod", "uid-of-another");

        assertThat(commands.run("run", "--kubernetes")).isEqualTo(Exit.CONFIG);
        assertThat(commands.err()).contains("'prod'", "uid-of-another", cluster.uid(), "kubernetes.cluster");
    }

    @Test
    void unreadableKubeconfigIsAConfigurationError(@TempDir Path directory) throws IOException {
        Path kubeconfig = Files.writeString(directory.resolve("config"), "users: [{token: s3cret");
        commands.aws.set("kubeconfig", kubeconfig.toString()).set("kubernetes.auth.tryKubeConfig", "true");

        assertThat(commands.run("run", "--kubernetes-only")).isEqualTo(Exit.CONFIG);
        assertThat(commands.err())
                .contains("cannot read the kubeconfig", "KUBECONFIG")
                .doesNotContain("s3cret", "internal error");
    }

    @Test
    void unresponsiveApiServerIsATemporaryError() {
        cluster.close();

        assertThat(commands.run("run", "--kubernetes-only")).isEqualTo(Exit.UNAVAILABLE);
        assertThat(commands.err()).contains("kube-system", "API server");
    }

    @Test
    void theFrontEndRunsBesideTheLoopOrAlone() {
        assertThat(commands.run("run", "--kubernetes", "--kubernetes-only")).isEqualTo(Exit.USAGE);
    }

    private String readyReason() {
        MirrorPolicy policy = cluster.policy("team-a", "images");
        return policy.getStatus() == null
                ? ""
                : policy.getStatus().conditions().stream()
                        .filter(condition -> condition.type().equals("Ready"))
                        .map(Condition::reason)
                        .findFirst()
                        .orElse("");
    }

    private static MirrorPolicy policy(String source, String destination) {
        MirrorPolicy policy = new MirrorPolicy();
        policy.setMetadata(new ObjectMetaBuilder()
                .withNamespace("team-a")
                .withName("images")
                .withGeneration(1L)
                .build());
        policy.setSpec(new MirrorPolicySpec(
                false, null, DeletionPolicy.DELETE, List.of(new Mirror(source, List.of(destination)))));
        return policy;
    }
}
