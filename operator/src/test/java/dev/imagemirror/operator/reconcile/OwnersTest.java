package dev.imagemirror.operator.reconcile;

import static dev.imagemirror.operator.reconcile.Scene.DESTINATION;
import static dev.imagemirror.operator.reconcile.Scene.SOURCE;
import static dev.imagemirror.operator.reconcile.Scene.digest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.Pair;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.domain.Reason;
import dev.imagemirror.operator.domain.Resolution;
import dev.imagemirror.operator.port.PortException;
import dev.imagemirror.operator.port.StatusTable;
import dev.imagemirror.operator.testing.TestingFailures;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which of several entries has a destination, and what becomes of the others. */
class OwnersTest {
    private static final String OTHER = "quay.io/other:1";

    private final Scene scene = new Scene();

    @Test
    void anOwnerIsNotTakenFromAnEntryThatClaimedMeanwhile() {
        rows();
        own(DESTINATION, SOURCE);
        StatusTable.Owner read =
                scene.statuses.ownerOf(ImageReference.parse(DESTINATION)).orElseThrow();

        scene.operator.pass(SOURCE);

        assertThat(scene.statuses.exchange(ImageReference.parse(DESTINATION), read, new EntryKey(OTHER)))
                .isFalse();
        scene.operator.pass(OTHER);
        assertThat(scene.runningJobs()).hasSize(1);
        assertThat(scene.pair(OTHER, DESTINATION).state().reason()).isEqualTo(Reason.DESTINATION_CONFLICT);
    }

    @Test
    void ownerWhoseRowNowPointsElsewhereDoesNotCount() {
        crashAfterOwning(SOURCE);
        scene.mirrors.row(SOURCE, "elsewhere.example.com/golang:1.17");
        scene.mirrors.row(OTHER, DESTINATION);
        scene.source(OTHER, "v2");

        scene.operator.pass(OTHER);

        assertThat(scene.pair(OTHER, DESTINATION).state().word()).isEqualTo("Copying");
    }

    @Test
    void rowForTheDestinationMakesAnOwnerEvenWithoutStatus() {
        crashAfterOwning(SOURCE);
        scene.mirrors.row(OTHER, DESTINATION);
        scene.source(OTHER, "v2");

        scene.operator.pass(OTHER);

        assertThat(scene.pair(OTHER, DESTINATION).state().reason()).isEqualTo(Reason.DESTINATION_CONFLICT);
        assertThat(scene.pair(OTHER, DESTINATION).state().message()).contains(SOURCE);
    }

    @Test
    void anOwnerWhoseRowHasExpiredOrIsInvalidAndHasNoStatusIsNone() {
        crashAfterOwning(SOURCE);
        scene.mirrors.row(SOURCE, Map.of("Destination", DESTINATION, "Expires", BigDecimal.ONE));
        scene.mirrors.row(OTHER, DESTINATION);
        scene.source(OTHER, "v2");

        scene.operator.pass(OTHER);

        assertThat(scene.pair(OTHER, DESTINATION).state().word()).isEqualTo("Copying");
    }

    @Test
    void theOtherDestinationsAreClaimedInTheSamePassWithoutTheOneThatAnotherOwns() {
        scene.mirrors.row(SOURCE, DESTINATION + ",b.io/golang:1.17,c.io/golang:1.17");
        scene.source(SOURCE, "v1");
        scene.registries.answer("b.io/golang:1.17", () -> {
            own("b.io/golang:1.17", OTHER); // after this pass has asked for the owner, before it claims
            return new Resolution.Missing();
        });
        scene.mirrors.row(OTHER, "b.io/golang:1.17");
        known(SOURCE, "b.io/golang:1.17");

        scene.operator.pass(SOURCE);

        assertThat(scene.queue.spec(scene.onlyJob()).parameters())
                .containsEntry("dest", DESTINATION + ",c.io/golang:1.17");
        assertThat(scene.pair(SOURCE, "b.io/golang:1.17").state().reason()).isEqualTo(Reason.DESTINATION_CONFLICT);
    }

    @Test
    void aPairThatLeavesACycleGetsAnOwner() {
        scene.mirrors.row("a.io/x:1", "b.io/x:1");
        scene.mirrors.row("b.io/x:1", "a.io/x:1");
        scene.source("a.io/x:1", "v1");
        scene.source("b.io/x:1", "v1");
        scene.operator.sweep();
        scene.operator.sweep();
        assertThat(scene.pair("a.io/x:1", "b.io/x:1").state().reason()).isEqualTo(Reason.CYCLE);
        scene.mirrors.removeRow("b.io/x:1");
        scene.operator.pass("b.io/x:1");

        scene.operator.pass("a.io/x:1");

        assertThat(scene.pair("a.io/x:1", "b.io/x:1").state().word()).isEqualTo("InSync");
        assertThat(scene.statuses.owner("b.io/x:1")).isEqualTo(new EntryKey("a.io/x:1"));
    }

    @Test
    void anOldTagThatASelectionOfTheLatestLeavesOutIsNoCycle() {
        scene.mirrors.row("x.io/r", Map.of("Destination", "y.io/r", "Tags", Map.of("Latest", BigDecimal.ONE)));
        scene.registries.tags("x.io/r", "1", "2");
        scene.source("x.io/r:2", "v2");
        scene.mirrors.row("y.io/r:1", "x.io/r:1");
        scene.source("y.io/r:1", "v1");
        scene.operator.sweep();

        scene.operator.sweep();

        assertThat(scene.pair("y.io/r:1", "x.io/r:1").state().word()).isEqualTo("Copying");
        scene.mirrors.row("y.io/r:2", "x.io/r:2");
        scene.operator.sweep();
        assertThat(scene.pair("y.io/r:2", "x.io/r:2").state().reason()).isEqualTo(Reason.CYCLE);
    }

    /** Whether it gave the destination to this entry, or to one that is gone. */
    @ParameterizedTest
    @ValueSource(strings = {SOURCE, OTHER})
    void anOwnerItemOfANewerOperatorHoldsItsOwnPairAlone(String owner) {
        scene.mirrors.row(SOURCE, DESTINATION + ",b.io/golang:1.17");
        scene.source(SOURCE, "v1");
        own("b.io/golang:1.17", owner);
        scene.statuses.refuseOwner(ImageReference.parse("b.io/golang:1.17"));

        scene.operator.pass(SOURCE);

        assertThat(scene.queue.spec(scene.onlyJob()).parameters()).containsEntry("dest", DESTINATION);
        assertHeldByNewer("b.io/golang:1.17");
    }

    @Test
    void aRowThatIsGoneIsForgottenThoughANewerOperatorWroteAnOwnerItem() {
        scene.mirrors.row(SOURCE, DESTINATION + ",b.io/golang:1.17");
        scene.source(SOURCE, "v1");
        scene.registries.found(DESTINATION, digest("v1"));
        scene.registries.found("b.io/golang:1.17", digest("v1"));
        scene.operator.pass(SOURCE);
        scene.statuses.refuseOwner(ImageReference.parse("b.io/golang:1.17"));
        scene.mirrors.removeRow(SOURCE);

        scene.operator.pass(SOURCE);

        assertThat(scene.statuses.pairs()).isEmpty();
        assertThat(scene.summary(SOURCE)).isNull();
        assertThat(scene.statuses.owner("b.io/golang:1.17")).isEqualTo(new EntryKey(SOURCE));
    }

    private void assertHeldByNewer(String destination) {
        assertThat(scene.pair(SOURCE, destination).state().reason()).isEqualTo(Reason.DESTINATION_CONFLICT);
        assertThat(scene.pair(SOURCE, destination).state().message())
                .contains("newer operator", destination, "upgrade this operator");
        assertThat(scene.pair(SOURCE, destination).claim()).isNull();
    }

    private void rows() {
        scene.mirrors.row(SOURCE, DESTINATION).row(OTHER, DESTINATION);
        scene.source(SOURCE, "v1");
        scene.source(OTHER, "v2");
    }

    private void own(String destination, String key) {
        scene.statuses.own(ImageReference.parse(destination), new EntryKey(key));
    }

    /** The pair is in the table, and nobody owns its destination, as after an older fault. */
    private void known(String key, String destination) {
        scene.statuses.set(PairStatus.fresh(
                        new EntryKey(key), new Pair(ImageReference.parse(key), ImageReference.parse(destination)))
                .at(1));
    }

    private void crashAfterOwning(String key) {
        scene.mirrors.row(key, DESTINATION);
        scene.source(key, "v1");
        scene.statuses.failures().failWrite(2, TestingFailures.When.BEFORE);
        assertThatThrownBy(() -> scene.operator.pass(key)).isInstanceOf(PortException.class);
        assertThat(scene.statuses.owner(DESTINATION)).isEqualTo(new EntryKey(key));
        assertThat(scene.statuses.pairs()).isEmpty();
    }

    @Test
    void twoEntriesThatAreEqualElsewhereStillHaveOneOwner() {
        rows();
        scene.registries.found(DESTINATION, digest("v2"));

        scene.operator.pass(SOURCE);
        scene.operator.pass(OTHER);

        assertThat(scene.pair(OTHER, DESTINATION).state().reason()).isEqualTo(Reason.DESTINATION_CONFLICT);
    }
}
