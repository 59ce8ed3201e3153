package dev.imagemirror.operator.kubernetes;

import static dev.imagemirror.operator.kubernetes.PolicyScene.annotated;
import static dev.imagemirror.operator.kubernetes.PolicyScene.key;
import static dev.imagemirror.operator.kubernetes.PolicyScene.mirror;
import static dev.imagemirror.operator.kubernetes.PolicyScene.orphaning;
import static dev.imagemirror.operator.kubernetes.PolicyScene.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imagemirror.crds.MirrorPolicy;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.port.PortException;
import dev.imagemirror.operator.testing.TestingFailures;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PolicyRowsTest {
    private static final String GOLANG = "docker.io/library/golang:1.17";
    private static final String ALPINE = "docker.io/library/alpine:3";

    private final PolicyScene scene = new PolicyScene();

    @Test
    void rowsAreMadeEqualToTheSpecAndToItsChanges() {
        scene.reconcile(
                policy("images", mirror("golang:1.17", "x.example/go"), mirror("alpine:3", "x.example/alpine")));
        assertThat(scene.table()).containsOnlyKeys(key(GOLANG, "images"), key(ALPINE, "images"));
        assertThat(scene.table().get(key(GOLANG, "images")).attributes())
                .containsEntry(MirrorRow.DESTINATION, List.of("x.example/go"))
                .containsEntry(MirrorRow.MANAGED_BY, "prod/team-a/images")
                .containsKey(MirrorRow.REVISION);

        scene.reconcile(policy("images", mirror("golang:1.17", "y.example/go")));

        assertThat(scene.table()).containsOnlyKeys(key(GOLANG, "images"));
        assertThat(scene.table().get(key(GOLANG, "images")).attributes())
                .containsEntry(MirrorRow.DESTINATION, List.of("y.example/go"));
    }

    @Test
    void nothingIsReadOrWrittenWhenNothingHasChanged() {
        MirrorPolicy policy = policy("images", mirror("golang:1.17", "x.example/go"));
        scene.reconcile(policy);
        int writes = scene.mirrors.failures().triedWrites();
        int reads = scene.mirrors.failures().triedReads()
                + scene.statuses.failures().triedReads();

        scene.reconcile(policy);
        scene.reconcile(policy);

        assertThat(scene.mirrors.failures().triedWrites()).isEqualTo(writes);
        assertThat(scene.mirrors.failures().triedReads()
                        + scene.statuses.failures().triedReads())
                .isEqualTo(reads);
    }

    @Test
    void aRowEditedOrRemovedByHandIsPutBackAndItsPolicyIsTriggered() {
        MirrorPolicy policy =
                policy("images", mirror("golang:1.17", "x.example/go"), mirror("alpine:3", "x.example/a"));
        scene.reconcile(policy);
        Map<String, MirrorRow> declared = scene.table();
        Map<String, Object> edited =
                new java.util.HashMap<>(declared.get(key(GOLANG, "images")).attributes());
        edited.put("Suspend", true);
        scene.mirrors.row(key(GOLANG, "images"), edited);
        scene.mirrors.removeRow(key(ALPINE, "images"));
        scene.triggered.clear();
        scene.follow();
        assertThat(scene.triggered).contains("prod/team-a/images");

        scene.reconcile(policy);

        assertThat(scene.table()).isEqualTo(declared);
    }

    @Test
    void manualRowUnderTheSameKeyIsKeptAndReported() {
        scene.mirrors.row(key(GOLANG, "images"), "z.example/mine");

        PolicyRows.Found found = scene.reconcile(
                policy("images", mirror("golang:1.17", "x.example/go"), mirror("alpine:3", "x.example/a")));

        assertThat(found.faults()).singleElement().satisfies(fault -> {
            assertThat(fault.kind()).isEqualTo(PolicyFault.Kind.ROW_CONFLICT);
            assertThat(fault.message()).contains(key(GOLANG, "images"), "imagemirror.dev/adopt");
        });
        assertThat(scene.table().get(key(GOLANG, "images")).attributes())
                .containsEntry(MirrorRow.DESTINATION, "z.example/mine");
        assertThat(scene.table()).as("the other is written").containsKey(key(ALPINE, "images"));
    }

    @Test
    void aRowThatAnotherManagerTookBetweenLookingAndWritingIsLeftAlone() {
        scene.rows();
        MirrorRow theirs = new MirrorRow(
                new EntryKey(key(GOLANG, "images")),
                Map.of(MirrorRow.DESTINATION, "z.example/z", MirrorRow.MANAGED_BY, "file/other"));
        scene.mirrors.row(theirs.key().text(), theirs.attributes());

        PolicyRows.Found found = scene.reconcile(policy("images", mirror("golang:1.17", "x.example/go")));

        assertThat(found.faults()).extracting(PolicyFault::kind).containsExactly(PolicyFault.Kind.ROW_CONFLICT);
        assertThat(scene.table().values()).containsExactly(theirs);
    }

    @Test
    void oneInvalidMirrorDoesNotHoldUpTheOthersAndItsRowStaysAsItWas() {
        scene.reconcile(policy("images", mirror("golang:1.17", "x.example/go"), mirror("alpine:3", "x.example/a")));
        MirrorRow before = scene.table().get(key(GOLANG, "images"));

        PolicyRows.Found found = scene.reconcile(
                policy("images", mirror("golang:1.17", "UPPER/go"), mirror("busybox:1", "x.example/b")));

        assertThat(found.faults()).singleElement().satisfies(fault -> {
            assertThat(fault.kind()).isEqualTo(PolicyFault.Kind.INVALID_SPEC);
            assertThat(fault.message()).startsWith("spec.mirrors[0].destinations");
        });
        assertThat(scene.table())
                .containsOnlyKeys(key(GOLANG, "images"), key("docker.io/library/busybox:1", "images"))
                .containsEntry(key(GOLANG, "images"), before);
    }

    @Test
    void twoNamespacesMirrorOneSource() {
        scene.reconcile(policy("team-a", "images", mirror("golang:1.17", "x.example/a")));
        scene.reconcile(policy("team-b", "images", mirror("golang:1.17", "x.example/b")));

        assertThat(scene.table()).containsOnlyKeys(GOLANG + "#prod/team-a/images", GOLANG + "#prod/team-b/images");
    }

    @Test
    void rowsBeyondTheNamespacesPrefixesAreNotWrittenAndThoseThatWereAreRemoved() {
        MirrorPolicy policy = policy(
                "images",
                mirror("ghcr.io/acme/app:1", "x.example/team-a/app"),
                mirror("ghcr.io/acme-evil/app:1", "x.example/team-a/evil"),
                mirror("ghcr.io/acme/out:1", "x.example/team-a/ok", "x.example/team-ab/no"));
        scene.reconcile(policy);
        assertThat(scene.table()).hasSize(3);
        PolicyScene limited = new PolicyScene();
        scene.table().values().forEach(row -> limited.mirrors.row(row.key().text(), row.attributes()));
        limited.limits = new NamespaceLimits(
                Map.of("team-a", List.of("ghcr.io/acme")), Map.of("*", List.of("x.example/team-a")));

        PolicyRows.Found found = limited.reconcile(policy);

        assertThat(limited.table()).containsOnlyKeys(key("ghcr.io/acme/app:1", "images"));
        assertThat(found.faults())
                .extracting(PolicyFault::kind)
                .containsExactlyInAnyOrder(
                        PolicyFault.Kind.SOURCE_NOT_ALLOWED, PolicyFault.Kind.DESTINATION_NOT_ALLOWED);
        assertThat(found.faults())
                .extracting(PolicyFault::message)
                .anySatisfy(message ->
                        assertThat(message).contains("ghcr.io/acme-evil/app:1", "only read from ghcr.io/acme;"))
                .anySatisfy(message ->
                        assertThat(message).contains("x.example/team-ab/no", "only write to x.example/team-a;"));
    }

    @Test
    void aNamespaceWithoutLimitsMayUseAllThatOthersMayNot() {
        scene.limits = new NamespaceLimits(Map.of(), Map.of("team-b", List.of("x.example/team-b")));

        PolicyRows.Found found = scene.reconcile(policy("images", mirror("golang:1.17", "y.example/go")));

        assertThat(found.faults()).isEmpty();
        assertThat(scene.table()).hasSize(1);
    }

    @Test
    void aDeletedPolicysRowsAreRemovedAndThoseOfOthersAreNot() {
        MirrorPolicy policy = policy("images", mirror("golang:1.17", "x.example/go"));
        scene.reconcile(policy);
        scene.reconcile(policy("other", mirror("alpine:3", "x.example/a")));
        scene.mirrors.row("busybox:1", "x.example/b");
        scene.follow();

        scene.letGo(policy);

        assertThat(scene.table()).containsOnlyKeys(key(ALPINE, "other"), "busybox:1");
    }

    @Test
    void anOrphaningPolicysRowsLiveOnWithoutIt() {
        MirrorPolicy policy = orphaning(policy("images", mirror("golang:1.17", "x.example/go")));
        scene.reconcile(policy);

        scene.letGo(policy);

        assertThat(scene.table()).containsOnlyKeys(key(GOLANG, "images"));
        assertThat(scene.table().get(key(GOLANG, "images")).attributes()).containsOnlyKeys(MirrorRow.DESTINATION);
    }

    @Test
    void rowsThatAnotherProcessHasJustWrittenAreLetGoOfToo() {
        MirrorPolicy removed = policy("removed", mirror("golang:1.17", "x.example/go"));
        MirrorPolicy orphaned = orphaning(policy("orphaned", mirror("alpine:3", "x.example/a")));
        PolicyScene leader = new PolicyScene();
        leader.reconcile(removed);
        leader.reconcile(orphaned);
        scene.rows();
        leader.table().values().forEach(row -> scene.mirrors.row(row.key().text(), row.attributes()));

        scene.letGo(removed);
        scene.letGo(orphaned);

        assertThat(scene.table()).containsOnlyKeys(key(ALPINE, "orphaned"));
        assertThat(scene.table().get(key(ALPINE, "orphaned")).attributes()).containsOnlyKeys(MirrorRow.DESTINATION);
    }

    @Test
    void nothingIsLetGoOfWhileTheTablesAreOutOfReach() {
        MirrorPolicy policy = policy("images", mirror("golang:1.17", "x.example/go"));
        scene.reconcile(policy);
        scene.mirrors.failures().failNextWrite(TestingFailures.When.BEFORE);

        assertThatThrownBy(() -> scene.letGo(policy)).isInstanceOf(PortException.class);
        assertThat(scene.table()).hasSize(1);
        scene.letGo(policy);

        assertThat(scene.table()).isEmpty();
    }

    @Test
    void aPassThatIsCutShortIsCompletedByAnotherProcess() {
        MirrorPolicy policy = policy(
                "images",
                IntStream.range(0, 5)
                        .mapToObj(i -> mirror("golang:" + i, "x.example/go"))
                        .toArray(dev.imagemirror.crds.Mirror[]::new));
        scene.rows();
        scene.mirrors.failures().failWrite(3, TestingFailures.When.AFTER);
        assertThatThrownBy(() -> scene.reconcile(policy)).isInstanceOf(PortException.class);
        assertThat(scene.table()).hasSize(3);
        PolicyScene restarted = new PolicyScene();
        scene.table().values().forEach(row -> restarted.mirrors.row(row.key().text(), row.attributes()));

        PolicyRows.Found found = restarted.reconcile(policy);

        assertThat(restarted.table()).hasSize(5);
        assertThat(found.faults()).isEmpty();
        assertThat(restarted.mirrors.failures().triedWrites())
                .as("only what was missing")
                .isEqualTo(2);
    }

    @Test
    void aRequestForAPassReachesEveryRowOnceAToken() {
        MirrorPolicy policy =
                policy("images", mirror("golang:1.17", "x.example/go"), mirror("alpine:3", "x.example/a"));
        scene.reconcile(policy);
        annotated(policy, Annotations.SYNC_NOW, "one");

        scene.reconcile(policy);
        assertThat(scene.mirrors.request(key(GOLANG, "images"))).isEqualTo("one");
        assertThat(scene.mirrors.request(key(ALPINE, "images"))).isEqualTo("one");
        int writes = scene.mirrors.failures().triedWrites();
        scene.reconcile(policy);
        assertThat(scene.mirrors.failures().triedWrites()).as("asked once").isEqualTo(writes);
        scene.reconcile(annotated(policy, Annotations.SYNC_NOW, "two"));

        assertThat(scene.mirrors.request(key(GOLANG, "images"))).isEqualTo("two");
    }
}
