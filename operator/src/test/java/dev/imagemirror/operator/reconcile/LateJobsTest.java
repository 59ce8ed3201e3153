package dev.imagemirror.operator.reconcile;

import static dev.imagemirror.operator.reconcile.Scene.DESTINATION;
import static dev.imagemirror.operator.reconcile.Scene.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.operator.domain.EndedClaim;
import dev.imagemirror.operator.testing.TestingCopyJobQueue;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Submissions that land when nobody waits for them any more, and queues that do not show what they have. */
class LateJobsTest {
    private static final Duration GRACE = Duration.ofMinutes(2);

    private final Scene scene = new Scene();

    @BeforeEach
    void aRowHasDriftedAndItsSubmissionIsLost() {
        scene.mirrors.row(SOURCE, DESTINATION);
        scene.source(SOURCE, "v1");
        scene.queue.doNotAnswerNext(TestingCopyJobQueue.Landing.LATE);
        scene.operator.pass(SOURCE);
        scene.clock.advance(GRACE);
    }

    @Test
    void aJobThatLandsAfterTheClaimThatWasTakenOverHasEndedIsEnded() {
        scene.operator.pass(SOURCE);
        scene.complete(scene.onlyJob());

        Duration wait = scene.operator.untilNext(SOURCE);
        assertThat(scene.pair().claim()).isNull();
        assertThat(wait).isLessThanOrEqualTo(Duration.ofMinutes(1));
        scene.queue.landLate();
        scene.clock.advance(wait);
        scene.operator("two").pass(SOURCE);

        assertThat(scene.runningJobs()).isEmpty();
        assertThat(scene.pair().state().word()).isEqualTo("InSync");
    }

    @Test
    void aJobThatLandsForAnEntryThatWasSuspendedMeanwhileIsEnded() {
        scene.mirrors.row(SOURCE, Map.of("Destination", DESTINATION, "Suspend", true));
        scene.operator.pass(SOURCE);
        assertThat(scene.pair().claim()).isNull();

        scene.queue.landLate();
        scene.operator.pass(SOURCE);

        assertThat(scene.runningJobs()).isEmpty();
    }

    @Test
    void aJobThatLandsForARowThatIsGoneIsEnded() {
        scene.mirrors.removeRow(SOURCE);
        scene.operator.pass(SOURCE);
        scene.queue.landLate();

        Duration wait = scene.operator.untilNext(SOURCE);

        assertThat(scene.runningJobs()).isEmpty();
        assertThat(wait).isLessThanOrEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void anEndedClaimIsForgottenAfterItsWatch() {
        scene.operator.pass(SOURCE);
        scene.complete(scene.onlyJob());
        scene.operator.pass(SOURCE);
        assertThat(scene.pair().progress().late()).hasSize(1);

        scene.clock.advance(EndedClaim.WATCH);
        scene.operator.pass(SOURCE);

        assertThat(scene.pair().progress().late()).isEmpty();
    }

    @Test
    void aClaimThatWasNotTakenOverIsNotWatched() {
        scene.mirrors.row("docker.io/library/b:1", "b.io/b:1");
        scene.source("docker.io/library/b:1", "v1");
        scene.operator.pass("docker.io/library/b:1");
        scene.complete(scene.onlyJob());

        scene.operator.pass("docker.io/library/b:1");

        assertThat(scene.pair("docker.io/library/b:1", "b.io/b:1").progress().late())
                .isEmpty();
    }

    @Test
    void aRunThatEndsDoesNotTakeAYoungJobForGoneWhenItsClockIsAhead() {
        scene.queue.settling(Duration.ofMinutes(2));
        scene.operator.pass(SOURCE);
        String job = scene.onlyJob();
        scene.queue.hide(true);

        scene.setWallClock(Duration.ofMinutes(5));
        scene.oneShot("cron").pass(SOURCE);

        scene.queue.hide(false);
        assertThat(scene.pair().claim().jobId()).isEqualTo(job);
        assertThat(scene.onlyJob()).isEqualTo(job);
    }

    @Test
    void aJobThatWasRecordedLongAfterItsClaimHasTheTimeToBeShown() {
        scene.queue.settling(Duration.ofMinutes(2));
        scene.queue.beforeNextSubmit(() -> scene.clock.advance(Duration.ofMinutes(5)));
        scene.operator.pass(SOURCE);
        String job = scene.onlyJob();

        scene.queue.hide(true);
        scene.operator.pass(SOURCE);
        scene.queue.hide(false);

        assertThat(scene.pair().claim().jobId()).isEqualTo(job);
        assertThat(scene.onlyJob()).isEqualTo(job);
    }
}
