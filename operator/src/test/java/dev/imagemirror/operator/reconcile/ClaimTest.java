package dev.imagemirror.operator.reconcile;

import static dev.imagemirror.operator.reconcile.Scene.DESTINATION;
import static dev.imagemirror.operator.reconcile.Scene.SOURCE;
import static dev.imagemirror.operator.reconcile.Scene.digest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imagemirror.operator.claim.JobPoller;
import dev.imagemirror.operator.claim.ReconcilerSettings;
import dev.imagemirror.operator.domain.Claim;
import dev.imagemirror.operator.domain.CopyJobSpec;
import dev.imagemirror.operator.domain.EndedClaim;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.domain.Reason;
import dev.imagemirror.operator.domain.Resolution;
import dev.imagemirror.operator.port.PortException;
import dev.imagemirror.operator.testing.TestingCopyJobQueue;
import dev.imagemirror.operator.testing.TestingFailures;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Claim, then submit: what a process leaves behind that stops in between, and what the next one makes of it. */
class ClaimTest {
    private static final Duration GRACE = Duration.ofMinutes(2);

    private final Scene scene = new Scene();

    @BeforeEach
    void aRowHasDrifted() {
        scene.mirrors.row(SOURCE, DESTINATION);
        scene.source(SOURCE, "v1");
    }

    @Test
    void theClaimIsInTheTableBeforeTheJobIsInTheQueue() {
        scene.queue.beforeNextSubmit(() -> {
            Claim claim = scene.pair().claim();
            assertThat(claim.jobId()).isNull();
            assertThat(claim.id()).matches("[0-9a-f]{32}");
            assertThat(claim.claimant()).isEqualTo("one");
            assertThat(claim.epoch()).isEqualTo(1);
        });

        scene.operator.pass(SOURCE);

        Claim claim = scene.pair().claim();
        assertThat(scene.queue.jobs()).singleElement().satisfies(job -> {
            assertThat(job.name()).isEqualTo("mirror-" + claim.id());
            assertThat(job.id()).isEqualTo(claim.jobId());
        });
        assertThat(scene.queue.spec(claim.jobId())).isEqualTo(claim.job());
    }

    @Test
    void aCrashBetweenClaimAndSubmitIsRecoveredAfterTheGrace() {
        crashBeforeSubmit();
        Scene.Operator next = scene.operator("two");

        next.pass(SOURCE);
        assertThat(scene.queue.jobs()).as("within the grace").isEmpty();
        scene.clock.advance(GRACE);
        next.pass(SOURCE);

        Claim claim = scene.pair().claim();
        assertThat(scene.queue.jobs())
                .singleElement()
                .satisfies(job -> assertThat(job.id()).isEqualTo(claim.jobId()));
        assertThat(claim.epoch()).isEqualTo(2);
        assertThat(claim.claimant()).isEqualTo("two");
    }

    @Test
    void aCrashBetweenSubmitAndRecordingTheIdLeadsToAdoption() {
        scene.statuses.failures().failWrite(3, TestingFailures.When.BEFORE);
        assertThatThrownBy(() -> scene.operator.pass(SOURCE)).isInstanceOf(PortException.class);
        assertThat(scene.pair().claim().jobId()).isNull();
        String job = scene.onlyJob();
        Scene.Operator next = scene.operator("two");

        next.pass(SOURCE);
        scene.clock.advance(GRACE);
        next.pass(SOURCE);

        assertThat(scene.onlyJob()).isEqualTo(job);
        assertThat(scene.pair().claim().jobId()).isEqualTo(job);
    }

    @Test
    void aRefusedSubmitReleasesTheClaimAndIsTriedAgainAfterABackoff() {
        scene.queue.refuseNext("no such job definition");

        Duration wait = scene.operator.untilNext(SOURCE);

        PairStatus pair = scene.pair();
        assertThat(pair.claim()).isNull();
        assertThat(pair.state().reason()).isEqualTo(Reason.BACKOFF);
        assertThat(pair.state().message()).contains("no such job definition");
        assertThat(wait).isEqualTo(Duration.ofMinutes(1));
        scene.operator.pass(SOURCE);
        assertThat(scene.queue.submitCalls()).as("within the backoff").hasSize(1);
        scene.clock.advance(wait);
        scene.operator.pass(SOURCE);
        assertThat(scene.pair().claim().jobId()).isEqualTo(scene.onlyJob());
    }

    @Test
    void aSubmitWithoutAnswerKeepsItsClaimAndItsJobIsFound() {
        scene.queue.doNotAnswerNext(TestingCopyJobQueue.Landing.LANDS);

        scene.operator.pass(SOURCE);
        assertThat(scene.pair().claim()).isNotNull();
        assertThat(scene.pair().claim().jobId()).isNull();
        assertThat(scene.pair().state().word()).isEqualTo("Copying");
        scene.clock.advance(GRACE);
        scene.operator.pass(SOURCE);

        assertThat(scene.pair().claim().jobId()).isEqualTo(scene.onlyJob());
        assertThat(scene.queue.submitCalls()).hasSize(1);
    }

    @Test
    void aSubmitThatNeverLandedIsMadeAgain() {
        scene.queue.doNotAnswerNext(TestingCopyJobQueue.Landing.NEVER);

        scene.operator.pass(SOURCE);
        scene.clock.advance(GRACE);
        scene.operator.pass(SOURCE);

        assertThat(scene.pair().claim().jobId()).isEqualTo(scene.onlyJob());
        assertThat(scene.queue.submitCalls()).hasSize(2);
        assertThat(scene.queue.submitCalls().get(1).job())
                .isEqualTo(scene.queue.submitCalls().get(0).job());
    }

    @Test
    void aDuplicateThatLandsLateIsFoundAndEnded() {
        scene.queue.doNotAnswerNext(TestingCopyJobQueue.Landing.LATE);
        scene.operator.pass(SOURCE);
        scene.clock.advance(GRACE);
        scene.operator.pass(SOURCE);
        String adopted = scene.pair().claim().jobId();

        scene.queue.landLate();
        assertThat(scene.runningJobs()).hasSize(2);
        scene.queue.terminatesAtOnce(false);
        scene.complete(adopted);
        scene.source(SOURCE, "v2");
        scene.operator.pass(SOURCE);
        assertThat(scene.queue.terminateCalls()).hasSize(1);
        assertThat(scene.pair().claim()).as("as long as the duplicate runs").isNotNull();
        scene.source(SOURCE, "v1");
        scene.queue.fail(scene.onlyJob(), "FAILED: terminated");
        scene.operator.pass(SOURCE);

        assertThat(scene.runningJobs()).isEmpty();
        assertThat(scene.pair().state().word()).isEqualTo("InSync");
    }

    @Test
    void ofSeveralJobsOfOneNameTheOldestIsAdoptedAndTheOthersAreEnded() {
        crashBeforeSubmit();
        Claim claim = scene.pair().claim();
        String oldest = scene.queue.land(claim.jobName(), claim.job());
        String younger = scene.queue.land(claim.jobName(), claim.job());

        scene.operator.pass(SOURCE);
        scene.clock.advance(GRACE);
        scene.operator.pass(SOURCE);

        assertThat(scene.pair().claim().jobId()).isEqualTo(oldest);
        assertThat(scene.queue.terminateCalls())
                .extracting(TestingCopyJobQueue.TerminateCall::jobId)
                .containsExactly(younger);
    }

    @Test
    void aSubmissionThatComesTooLateIsAbandoned() {
        scene.operator.afterClaim = () -> scene.clock.advance(ReconcilerSettings.SUBMIT_LIMIT.plusSeconds(1));

        scene.operator.pass(SOURCE);

        assertThat(scene.queue.submitCalls()).isEmpty();
        assertThat(scene.pair().claim()).as("left to whoever takes it over").isNotNull();
        scene.operator.afterClaim = () -> {};
        scene.clock.advance(GRACE);
        scene.operator.pass(SOURCE);
        assertThat(scene.pair().claim().jobId()).isEqualTo(scene.onlyJob());
    }

    @Test
    void oneOfTwoProcessesThatClaimAtOnceWins() {
        Scene.Operator other = scene.operator("two");
        scene.queue.beforeNextSubmit(() -> other.pass(SOURCE));

        scene.operator.pass(SOURCE);

        assertThat(scene.queue.submitCalls()).hasSize(1);
        assertThat(scene.pair().claim().claimant()).isEqualTo("one");
        assertThat(scene.pair().claim().jobId()).isEqualTo(scene.onlyJob());
    }

    @Test
    void aRowThatWasEditedMeanwhileIsNotClaimed() {
        scene.registries.answer(SOURCE, () -> {
            scene.mirrors.row(SOURCE, "elsewhere.example.com/golang:1.17");
            return new Resolution.Found(digest("v1"));
        });

        scene.operator.pass(SOURCE);

        assertThat(scene.queue.submitCalls()).isEmpty();
    }

    @Test
    void aRowRemovedWhileAJobRunsHasItsJobEnded() {
        scene.operator.pass(SOURCE);
        String job = scene.onlyJob();
        scene.queue.terminatesAtOnce(false);
        scene.mirrors.removeRow(SOURCE);

        scene.operator.pass(SOURCE);
        assertThat(scene.queue.terminateCalls())
                .extracting(TestingCopyJobQueue.TerminateCall::jobId)
                .containsExactly(job);
        assertThat(scene.pair().claim()).as("until the job has ended").isNotNull();
        assertThat(scene.statuses.owner(DESTINATION)).isNotNull();
        scene.queue.fail(job, "FAILED: terminated");
        scene.operator.pass(SOURCE);

        assertThat(scene.statuses.pairs()).isEmpty();
        assertThat(scene.statuses.owner(DESTINATION)).isNull();
        assertThat(scene.summary(SOURCE)).isNull();
    }

    @Test
    void aClaimThatWasNeverSubmittedIsNotSubmittedForARowThatIsGone() {
        crashBeforeSubmit();
        scene.mirrors.removeRow(SOURCE);

        scene.operator.pass(SOURCE);
        scene.clock.advance(GRACE);
        scene.operator.pass(SOURCE);

        assertThat(scene.queue.submitCalls()).isEmpty();
        assertThat(scene.pair().claim()).isNull();
        scene.clock.advance(EndedClaim.WATCH);
        scene.operator.pass(SOURCE);
        assertThat(scene.statuses.pairs()).isEmpty();
        assertThat(scene.statuses.owner(DESTINATION)).isNull();
    }

    @Test
    void aClaimThatAnotherProcessEndedNoLongerCounts() {
        Scene.Operator other = scene.operator("two");
        scene.operator.pass(SOURCE);
        other.pass(SOURCE);
        assertThat(other.live.count()).isEqualTo(1);
        scene.complete(scene.onlyJob());
        scene.operator.pass(SOURCE);

        new JobPoller(scene.queue, other.live, other.enqueued::add).poll();
        assertThat(other.enqueued).hasSize(1);
        other.pass(SOURCE);

        assertThat(other.live.count()).isZero();
    }

    @Test
    void otherWritesNeverTouchAClaim() {
        scene.operator.pass(SOURCE);
        Claim claim = scene.pair().claim();

        scene.queue.start(claim.jobId());
        scene.operator.pass(SOURCE);

        assertThat(scene.pair().state().message()).contains(claim.jobId());
        assertThat(scene.pair().claim()).isEqualTo(claim);
    }

    @Test
    void aJobThatTheQueueNoLongerKnowsIsJudgedByTheDestination() {
        scene.operator.pass(SOURCE);
        String job = scene.onlyJob();
        scene.registries.found(DESTINATION, digest("v1"));
        scene.queue.forget(job);

        scene.operator.pass(SOURCE);

        assertThat(scene.pair().state().word()).isEqualTo("InSync");
        assertThat(scene.pair().claim()).isNull();
    }

    @Test
    void aJobPastItsDeadlineIsEnded() {
        scene.registries.size("docker.io/library/golang", digest("v1"), 0);
        scene.operator.pass(SOURCE);
        String job = scene.onlyJob();
        scene.queue.start(job);
        assertThat(scene.queue.spec(job).deadlineSeconds()).isEqualTo(15 * 60);

        scene.clock.advance(Duration.ofMinutes(19));
        scene.operator.pass(SOURCE);
        assertThat(scene.queue.terminateCalls()).as("clocks may differ").isEmpty();
        scene.clock.advance(Duration.ofMinutes(2));
        scene.operator.pass(SOURCE);

        assertThat(scene.queue.terminateCalls()).hasSize(1);
        scene.operator.pass(SOURCE);
        assertThat(scene.pair().claim()).isNull();
        assertThat(scene.pair().state().reason()).isEqualTo(Reason.BACKOFF);
    }

    @Test
    void aJobThatNeverStartsIsStuck() {
        scene.operator.pass(SOURCE);

        scene.clock.advance(Duration.ofMinutes(65).plusSeconds(1));
        scene.operator.pass(SOURCE);
        scene.operator.pass(SOURCE);

        assertThat(scene.pair().state().reason()).isEqualTo(Reason.JOB_STUCK);
        assertThat(scene.pair().state().message()).contains("compute environment");
    }

    @Test
    void aJobIsLookedForInTheQueueThatItsClaimNames() {
        crashBeforeSubmit();
        PairStatus left = scene.pair();
        Claim claim = left.claim();
        CopyJobSpec elsewhere = new CopyJobSpec(
                "former-queue",
                claim.job().definition(),
                claim.job().parameters(),
                claim.job().environment(),
                claim.job().deadlineSeconds());
        scene.statuses.set(left.withClaim(new Claim(
                claim.id(), claim.claimant(), claim.epoch(), claim.claimedAt(), claim.digest(), elsewhere, null)));
        String job = scene.queue.land(claim.jobName(), elsewhere);

        scene.operator.pass(SOURCE);
        scene.clock.advance(GRACE);
        scene.operator.pass(SOURCE);

        assertThat(scene.pair().claim().jobId()).isEqualTo(job);
        assertThat(scene.queue.submitCalls()).isEmpty();
    }

    /** The claim is written, and the process ends before it submits. */
    private void crashBeforeSubmit() {
        scene.statuses.failures().failWrite(scene.statuses.failures().triedWrites() + 2, TestingFailures.When.AFTER);
        assertThatThrownBy(() -> scene.operator.pass(SOURCE)).isInstanceOf(PortException.class);
        assertThat(scene.pair().claim()).isNotNull();
        assertThat(scene.queue.submitCalls()).isEmpty();
    }
}
