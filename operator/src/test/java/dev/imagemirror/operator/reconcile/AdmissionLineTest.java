package dev.imagemirror.operator.reconcile;

import static dev.imagemirror.operator.reconcile.Scene.digest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imagemirror.operator.claim.Admission;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.Reason;
import dev.imagemirror.operator.port.PortException;
import dev.imagemirror.operator.testing.TestingFailures;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One job may be in flight: {@link #RUNNING} has it, {@link #FIRST} and {@link #SECOND} wait in line. */
class AdmissionLineTest {
    private static final String RUNNING = "quay.io/team/a:1";
    private static final String FIRST = "quay.io/team/b:1";
    private static final String SECOND = "quay.io/team/c:1";

    private final Scene scene = new Scene();
    private final Scene.Operator operator = scene.operator("limited", new Admission.Limits(1, 1));

    @BeforeEach
    void oneRunsAndTwoWait() {
        for (String source : List.of(RUNNING, FIRST, SECOND)) {
            scene.mirrors.row(source, destination(source));
            scene.source(source, source);
        }
        operator.sweep();
        assertThat(scene.pair(RUNNING, destination(RUNNING)).claim()).isNotNull();
        assertThat(operator.enqueued).isEmpty();
    }

    @Test
    void anEntryThatDoesNotComeWhenCalledLosesItsTurn() {
        theJobEnds();
        assertThat(called()).containsExactly(FIRST);
        operator.pass(SECOND);
        assertThat(scene.runningJobs()).as("it is not the second's turn").isEmpty();

        scene.clock.advance(Duration.ofMinutes(1));
        operator.admission.callNext();

        assertThat(called()).as("the first had its turn").containsExactly(SECOND);
        operator.pass(SECOND);
        assertThat(scene.pair(SECOND, destination(SECOND)).claim()).isNotNull();
    }

    @Test
    void anEntryThatComesLateWaitsBehindTheOthers() {
        theJobEnds();
        scene.clock.advance(Duration.ofMinutes(1));
        operator.admission.callNext();

        operator.pass(FIRST);

        assertThat(scene.runningJobs()).isEmpty();
        assertThat(scene.pair(FIRST, destination(FIRST)).state().message()).startsWith("queued (position 2)");
        operator.pass(SECOND);
        assertThat(scene.runningJobs()).hasSize(1);
    }

    @Test
    void anEntryThatIsEqualByNowLeavesTheLine() {
        scene.registries.found(destination(FIRST), digest(FIRST));
        operator.pass(FIRST);

        theJobEnds();

        assertThat(called()).containsExactly(SECOND);
    }

    @Test
    void anEntryThatBecameInvalidLeavesTheLine() {
        scene.mirrors.row(FIRST, Map.of("Destination", destination(FIRST), "Interval", "often"));
        operator.pass(FIRST);

        theJobEnds();

        assertThat(called()).containsExactly(SECOND);
    }

    @Test
    void anEntryWhoseRowIsGoneLeavesTheLine() {
        scene.mirrors.removeRow(FIRST);
        operator.pass(FIRST);

        theJobEnds();

        assertThat(called()).containsExactly(SECOND);
    }

    @Test
    void anEntryThatWasLetInAndGotNoClaimMakesRoomForTheNext() {
        theJobEnds();
        called();
        scene.statuses.failures().failNextWrite(TestingFailures.When.BEFORE);
        assertThatThrownBy(() -> operator.pass(FIRST)).isInstanceOf(PortException.class);

        assertThat(called()).containsExactly(SECOND);
        operator.pass(SECOND);
        assertThat(scene.pair(SECOND, destination(SECOND)).claim()).isNotNull();
    }

    @Test
    void theEndedJobOfAnInvalidRowLetsTheNextIn() {
        scene.mirrors.row(RUNNING, Map.of("Destination", destination(RUNNING), "Interval", "often"));

        theJobEnds();

        assertThat(scene.pair(RUNNING, destination(RUNNING)).state().reason()).isEqualTo(Reason.INVALID_ENTRY);
        assertThat(called()).containsExactly(FIRST);
    }

    @Test
    void theEndedJobOfARowThatIsGoneLetsTheNextIn() {
        scene.mirrors.removeRow(RUNNING);

        theJobEnds();

        assertThat(called()).containsExactly(FIRST);
    }

    private void theJobEnds() {
        scene.complete(scene.onlyJob());
        operator.pass(RUNNING);
    }

    /** Who was called since the last look. */
    private List<String> called() {
        List<String> keys = operator.enqueued.stream().map(EntryKey::text).toList();
        operator.enqueued.clear();
        return keys;
    }

    private static String destination(String source) {
        return source.replace("quay.io", "a.example.com");
    }
}
