package dev.imagemirror.operator.reconcile;

import static dev.imagemirror.operator.reconcile.Scene.DESTINATION;
import static dev.imagemirror.operator.reconcile.Scene.SOURCE;
import static dev.imagemirror.operator.reconcile.Scene.digest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imagemirror.operator.domain.Claim;
import dev.imagemirror.operator.domain.EndedClaim;
import dev.imagemirror.operator.domain.Reason;
import dev.imagemirror.operator.port.PortException;
import dev.imagemirror.operator.testing.TestingCopyJobQueue;
import dev.imagemirror.operator.testing.TestingFailures;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Claims between processes that stall, meet, or go by different clocks, and queues whose answers lag. */
class RivalsTest {
    private static final Duration GRACE = Duration.ofMinutes(2);

    private final Scene scene = new Scene();

    @BeforeEach
    void aRowHasDrifted() {
        scene.mirrors.row(SOURCE, DESTINATION);
        scene.source(SOURCE, "v1");
    }

    @Test
    void aSubmissionThatLandsAfterItsClaimHasEndedIsEnded() {
        Scene.Operator other = scene.operator("two");
        scene.queue.beforeNextSubmit(() -> {
            other.pass(SOURCE);
            scene.clock.advance(GRACE);
            other.pass(SOURCE);
            scene.complete(scene.onlyJob());
            other.pass(SOURCE);
            assertThat(scene.pair().claim()).isNull();
        });

        scene.operator.pass(SOURCE);

        assertThat(scene.runningJobs()).isEmpty();
        assertThat(scene.pair().state().word()).isEqualTo("InSync");
    }

    @Test
    void aSubmissionThatLandsAfterItsClaimGotAnotherJobIsEnded() {
        Scene.Operator other = scene.operator("two");
        scene.queue.beforeNextSubmit(() -> {
            other.pass(SOURCE);
            scene.clock.advance(GRACE);
            other.pass(SOURCE);
        });

        scene.operator.pass(SOURCE);

        assertThat(scene.onlyJob()).isEqualTo(scene.pair().claim().jobId());
        assertThat(scene.pair().claim().claimant()).isEqualTo("two");
    }

    @Test
    void aRefusalIsRecordedThoughAnotherProcessLookedMeanwhile() {
        Scene.Operator other = scene.operator("two");
        scene.queue.refuseNext("no such definition");
        scene.queue.beforeNextSubmit(() -> other.pass(SOURCE));

        scene.operator.pass(SOURCE);

        assertThat(scene.pair().claim()).isNull();
        assertThat(scene.pair().state().message()).contains("no such definition");
        assertThat(scene.pair().progress().retry().attempts()).isEqualTo(1);
    }

    @Test
    void aJobThatTheQueueDoesNotShowYetKeepsItsClaim() {
        scene.queue.settling(Duration.ofMinutes(2));
        scene.operator.pass(SOURCE);
        scene.queue.hide(true);

        scene.operator.pass(SOURCE);
        assertThat(scene.pair().claim()).isNotNull();
        scene.queue.hide(false);
        scene.clock.advance(Duration.ofMinutes(5));
        scene.operator.pass(SOURCE);

        assertThat(scene.pair().claim().jobId()).isEqualTo(scene.onlyJob());
        assertThat(scene.queue.submitCalls()).hasSize(1);
    }

    @Test
    void aJobThatIsKnownByItsNameAloneIsAdopted() {
        scene.operator.pass(SOURCE);
        Claim claim = scene.pair().claim();
        scene.queue.forget(claim.jobId());
        String again = scene.queue.land(claim.jobName(), claim.job());

        scene.operator.pass(SOURCE);

        assertThat(scene.pair().claim().jobId()).isEqualTo(again);
        assertThat(scene.queue.submitCalls()).hasSize(1);
    }

    @Test
    void theGraceGoesByTheObserversOwnMonotonicClock() {
        crashBeforeSubmit();
        Scene.Operator next = scene.operator("two");
        next.pass(SOURCE);

        scene.setWallClock(Duration.ofMinutes(5));
        next.pass(SOURCE);
        assertThat(scene.pair().claim().epoch()).as("no time has passed").isEqualTo(1);
        scene.setWallClock(Duration.ofMinutes(-10));
        scene.clock.advance(GRACE);
        next.pass(SOURCE);

        assertThat(scene.pair().claim().epoch()).isEqualTo(2);
    }

    @Test
    void aRunThatEndsGoesByTheClaimsInstantAndALongerGrace() {
        crashBeforeSubmit();

        scene.clock.advance(Duration.ofMinutes(9));
        scene.oneShot("cron-1").pass(SOURCE);
        assertThat(scene.pair().claim().epoch()).isEqualTo(1);
        scene.clock.advance(Duration.ofMinutes(1));
        scene.oneShot("cron-2").pass(SOURCE);

        assertThat(scene.pair().claim().epoch()).isEqualTo(2);
        assertThat(scene.pair().claim().jobId()).isEqualTo(scene.onlyJob());
    }

    @Test
    void aPassComesBackForAClaimWithinItsGrace() {
        crashBeforeSubmit();

        Duration wait = scene.operator("two").untilNext(SOURCE);

        assertThat(wait).isLessThanOrEqualTo(GRACE);
    }

    @Test
    void aTakeoverSubmitsNothingForAnEntryThatIsSuspendedNow() {
        crashBeforeSubmit();
        scene.mirrors.row(SOURCE, Map.of("Destination", DESTINATION, "Suspend", true));

        passTwiceOverTheGrace();

        assertThat(scene.queue.submitCalls()).isEmpty();
        assertThat(scene.pair().claim()).isNull();
        assertThat(scene.pair().state().word()).isEqualTo("Suspended");
    }

    @Test
    void aTakeoverSubmitsNothingForADestinationThatIsNoLongerWanted() {
        crashBeforeSubmit();
        scene.mirrors.row(SOURCE, "b.io/golang:1.17");

        passTwiceOverTheGrace();
        scene.operator.pass(SOURCE);

        assertThat(scene.queue.submitCalls())
                .extracting(call -> call.job().parameters().get("dest"))
                .containsExactly("b.io/golang:1.17");
        scene.clock.advance(EndedClaim.WATCH);
        scene.operator.pass(SOURCE);
        assertThat(scene.statuses.owner(DESTINATION)).isNull();
    }

    @Test
    void anEndedJobWhoseReportMayNotBeReadIsJudgedByTheDestinationInTheEnd() {
        scene.operator.pass(SOURCE);
        scene.complete(scene.onlyJob());
        scene.queue.denied(true);

        scene.operator.pass(SOURCE);
        assertThat(scene.pair().state().message()).contains("report cannot be read");
        scene.clock.advance(Duration.ofMinutes(11));
        scene.operator.pass(SOURCE);

        assertThat(scene.pair().state().word()).isEqualTo("InSync");
    }

    @Test
    void jobThatMayNotBeTerminatedDoesNotHoldUpOtherPairs() {
        scene.operator.pass(SOURCE);
        scene.queue.start(scene.onlyJob());
        scene.queue.denied(true);
        scene.clock.advance(Duration.ofDays(1));
        scene.mirrors.row(SOURCE, DESTINATION + ",b.io/golang:1.17");

        scene.operator.pass(SOURCE);

        assertThat(scene.pair().state().message()).contains("cannot terminate job");
        assertThat(scene.pair(SOURCE, "b.io/golang:1.17").state().word()).isEqualTo("Copying");
    }

    @Test
    void unresponsiveQueueDoesNotHoldUpPairsWithoutJobs() {
        scene.operator.pass(SOURCE);
        scene.mirrors.row(SOURCE, DESTINATION + ",b.io/golang:1.17");
        scene.registries.found("b.io/golang:1.17", digest("v1"));
        scene.queue.reachable(false);

        scene.operator.pass(SOURCE);

        assertThat(scene.pair().state().message()).contains("cannot be checked");
        assertThat(scene.pair().claim()).isNotNull();
        assertThat(scene.pair(SOURCE, "b.io/golang:1.17").state().word()).isEqualTo("InSync");
    }

    @Test
    void aSpellingOfAPlaceThatChangesWhileItsJobRunsStaysOnePair() {
        String plain = "123456789012.dkr.ecr.us-east-1.amazonaws.com/x:1";
        String fips = "123456789012.dkr.ecr-fips.us-east-1.amazonaws.com/x:1";
        scene.mirrors.row(SOURCE, fips);
        scene.operator.pass(SOURCE);
        scene.mirrors.row(SOURCE, plain);

        scene.operator.pass(SOURCE);
        assertThat(scene.queue.submitCalls()).hasSize(1);
        assertThat(scene.queue.terminateCalls()).isEmpty();
        scene.registries.found(plain, digest("v1"));
        scene.queue.succeed(scene.onlyJob());
        scene.operator.pass(SOURCE);

        assertThat(scene.pair(SOURCE, plain).state().word()).isEqualTo("InSync");
        assertThat(scene.pair(SOURCE, plain).destination()).hasToString(plain);
        assertThat(scene.pair(SOURCE, plain).progress().history())
                .singleElement()
                .satisfies(copy -> assertThat(copy.outcome()).isEqualTo("copied"));
        assertThat(scene.statuses.owner(plain)).isNotNull();
    }

    @Test
    void anInvalidRowsEndedJobIsInItsHistory() {
        scene.operator.pass(SOURCE);
        scene.complete(scene.onlyJob());
        scene.mirrors.row(SOURCE, Map.of("Destination", DESTINATION, "Interval", "often"));

        scene.operator.pass(SOURCE);

        assertThat(scene.pair().claim()).isNull();
        assertThat(scene.pair().state().reason()).isEqualTo(Reason.INVALID_ENTRY);
        assertThat(scene.pair().progress().history()).hasSize(1);
    }

    @Test
    void anInvalidRowsClaimIsNotSubmitted() {
        crashBeforeSubmit();
        scene.mirrors.row(SOURCE, Map.of("Destination", DESTINATION, "Interval", "often"));

        passTwiceOverTheGrace();

        assertThat(scene.queue.submitCalls()).isEmpty();
        assertThat(scene.pair().claim()).isNull();
    }

    @Test
    void aDuplicateOfARunThatStalledIsNotAdoptedTwice() {
        scene.queue.doNotAnswerNext(TestingCopyJobQueue.Landing.LATE);
        scene.operator.pass(SOURCE);
        scene.queue.landLate();

        scene.clock.advance(GRACE);
        scene.operator.pass(SOURCE);
        scene.operator.pass(SOURCE);

        assertThat(scene.queue.submitCalls()).hasSize(1);
        assertThat(scene.pair().claim().jobId()).isEqualTo(scene.onlyJob());
    }

    private void passTwiceOverTheGrace() {
        Scene.Operator next = scene.operator("two");
        next.pass(SOURCE);
        scene.clock.advance(GRACE);
        next.pass(SOURCE);
    }

    private void crashBeforeSubmit() {
        scene.statuses.failures().failWrite(scene.statuses.failures().triedWrites() + 2, TestingFailures.When.AFTER);
        assertThatThrownBy(() -> scene.operator.pass(SOURCE)).isInstanceOf(PortException.class);
        assertThat(scene.pair().claim()).isNotNull();
        assertThat(scene.queue.submitCalls()).isEmpty();
    }
}
