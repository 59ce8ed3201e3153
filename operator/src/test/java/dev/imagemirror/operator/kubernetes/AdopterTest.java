package dev.imagemirror.operator.kubernetes;

import static dev.imagemirror.operator.kubernetes.PolicyScene.annotated;
import static dev.imagemirror.operator.kubernetes.PolicyScene.key;
import static dev.imagemirror.operator.kubernetes.PolicyScene.mirror;
import static dev.imagemirror.operator.kubernetes.PolicyScene.orphaning;
import static dev.imagemirror.operator.kubernetes.PolicyScene.policy;
import static dev.imagemirror.operator.testing.TestingValues.claim;
import static dev.imagemirror.operator.testing.TestingValues.full;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.crds.MirrorPolicy;
import dev.imagemirror.operator.domain.Drift;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.domain.PairState;
import dev.imagemirror.operator.domain.PairStatus;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AdopterTest {
    private static final String GOLANG = "docker.io/library/golang:1.17";

    private final PolicyScene scene = new PolicyScene();

    @Test
    void aRowMadeByHandThatDoesTheSameBecomesThePolicys() {
        scene.mirrors.row("golang:1.17", "x.example/go:1.17, y.example/go:1.17");
        scene.loopLeaves(PairState.idle(Drift.IN_SYNC));
        scene.statuses.own(
                scene.statuses.pairs().get(0).destination(),
                scene.statuses.pairs().get(0).entry());

        PolicyRows.Found found = scene.reconcile(adopting("y.example/go:1.17", "x.example/go:1.17"));
        scene.follow();

        assertThat(found.faults()).isEmpty();
        assertThat(scene.table()).containsOnlyKeys(key(GOLANG, "images"));
        assertThat(scene.statuses.pairs())
                .hasSize(2)
                .extracting(pair -> pair.entry().text())
                .containsOnly(key(GOLANG, "images"));
        assertThat(scene.statuses.owner("x.example/go:1.17").text()).isEqualTo(key(GOLANG, "images"));
    }

    @Test
    void aRowWhoseDestinationANewerOperatorKeepsStaysAndTheOthersGoOn() {
        scene.mirrors.row("golang:1.17", "x.example/go:1.17");
        scene.loopLeaves(PairState.idle(Drift.IN_SYNC));
        scene.statuses.own(
                scene.statuses.pairs().get(0).destination(),
                scene.statuses.pairs().get(0).entry());
        scene.statuses.refuseOwner(scene.statuses.pairs().get(0).destination());

        PolicyRows.Found found = scene.reconcile(annotated(
                policy("images", mirror("golang:1.17", "x.example/go:1.17"), mirror("alpine:3", "x.example/alpine")),
                Annotations.ADOPT,
                "true"));

        assertThat(found.faults())
                .singleElement()
                .asString()
                .contains("cannot be adopted", "newer", "upgrade this operator");
        assertThat(scene.table()).containsKey(key("docker.io/library/alpine:3", "images"));
    }

    @Test
    void adoptsOrphanedRowsOfOtherPoliciesAndItsOwn() {
        MirrorPolicy left = orphaning(policy("old", mirror("golang:1.17", "x.example/go")));
        scene.reconcile(left);
        scene.letGo(left);

        scene.reconcile(adopting("x.example/go"));
        assertThat(scene.table()).containsOnlyKeys(key(GOLANG, "images"));
        scene.letGo(orphaning(adopting("x.example/go")));
        assertThat(scene.table().get(key(GOLANG, "images")).attributes()).doesNotContainKey(MirrorRow.MANAGED_BY);
        PolicyRows.Found again = scene.reconcile(adopting("x.example/go"));

        assertThat(again.faults()).isEmpty();
        assertThat(scene.table().get(key(GOLANG, "images")).attributes())
                .containsEntry(MirrorRow.MANAGED_BY, "prod/team-a/images");
    }

    @Test
    void aRowWithACopyInFlightIsAdoptedOnceThatHasEnded() {
        scene.mirrors.row("golang:1.17", "x.example/go:1.17");
        PairStatus copying = full("golang:1.17", "x.example/go:1.17").withClaim(claim("c0ffee"));
        scene.statuses.change(List.of(copying));
        scene.follow();

        PolicyRows.Found found = scene.reconcile(adopting("x.example/go"));
        assertThat(found.faults()).singleElement().satisfies(fault -> {
            assertThat(fault.kind()).isEqualTo(PolicyFault.Kind.ADOPTION_WAITS);
            assertThat(fault.message()).contains("golang:1.17", "copy in flight");
        });
        assertThat(scene.table()).containsOnlyKeys("golang:1.17");
        scene.statuses.change(List.of(copying.withClaim(null).at(1)));
        scene.reconcile(adopting("x.example/go"));

        assertThat(scene.table()).containsOnlyKeys(key(GOLANG, "images"));
    }

    @Test
    void aRowWithOtherDestinationsIsNotAdopted() {
        scene.mirrors.row("golang:1.17", "x.example/go, y.example/more");

        PolicyRows.Found found = scene.reconcile(adopting("x.example/go"));

        assertThat(scene.table()).containsOnlyKeys("golang:1.17", key(GOLANG, "images"));
        assertThat(found.faults()).singleElement().satisfies(fault -> {
            assertThat(fault.kind()).isEqualTo(PolicyFault.Kind.ROW_CONFLICT);
            assertThat(fault.message()).contains("golang:1.17", "the same destinations and tags");
        });
    }

    @Test
    void aRowWithOtherTagsOrThatAnotherPolicyHasIsNotAdopted() {
        scene.mirrors.row(
                "golang", Map.of(MirrorRow.DESTINATION, "x.example/go", "Tags", Map.of("Include", List.of("1.*"))));
        scene.reconcile(policy("theirs", mirror("golang:1.17", "x.example/go")));

        PolicyRows.Found found = scene.reconcile(adopting("x.example/go"));

        assertThat(scene.table()).containsOnlyKeys("golang", key(GOLANG, "theirs"), key(GOLANG, "images"));
        assertThat(found.faults())
                .as("the status table says who has the destination")
                .isEmpty();
    }

    @Test
    void withoutTheAnnotationTheRowStaysAndThePolicySaysHowToTakeItOver() {
        scene.mirrors.row("golang:1.17", "x.example/go");

        PolicyRows.Found found = scene.reconcile(policy("images", mirror("golang:1.17", "x.example/go")));
        assertThat(found.faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault.message()).contains("imagemirror.dev/adopt=true"));
        assertThat(scene.table()).containsOnlyKeys("golang:1.17", key(GOLANG, "images"));
        PolicyRows.Found after = scene.reconcile(adopting("x.example/go"));

        assertThat(after.faults()).as("also once the policy's own row is there").isEmpty();
        assertThat(scene.table()).containsOnlyKeys(key(GOLANG, "images"));
    }

    private static MirrorPolicy adopting(String... destinations) {
        return annotated(policy("images", mirror("golang:1.17", destinations)), Annotations.ADOPT, "true");
    }
}
