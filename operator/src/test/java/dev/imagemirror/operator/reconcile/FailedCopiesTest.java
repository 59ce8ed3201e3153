package dev.imagemirror.operator.reconcile;

import static dev.imagemirror.operator.reconcile.Scene.DESTINATION;
import static dev.imagemirror.operator.reconcile.Scene.SOURCE;
import static dev.imagemirror.operator.reconcile.Scene.digest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.JobReport;
import dev.imagemirror.operator.domain.Phase;
import dev.imagemirror.operator.domain.Reason;
import dev.imagemirror.operator.domain.Resolution;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** After a job: backoff, blocked, diverging; always by what the destination is seen to have. */
class FailedCopiesTest {
    private final Scene scene = new Scene();

    @BeforeEach
    void aJobRuns() {
        scene.mirrors.row(SOURCE, DESTINATION);
        scene.source(SOURCE, "v1");
        scene.operator.pass(SOURCE);
    }

    @Test
    void aFailureIsTriedAgainAfterADoublingBackoff() {
        fail("Temporary", "answered 503");
        assertThat(scene.pair().state().reason()).isEqualTo(Reason.BACKOFF);
        assertThat(scene.pair().state().message()).contains("answered 503");
        scene.operator.pass(SOURCE);
        assertThat(scene.runningJobs()).isEmpty();

        scene.clock.advance(Duration.ofMinutes(1));
        scene.operator.pass(SOURCE);
        fail("Temporary", "answered 503");

        assertThat(scene.pair().progress().retry().attempts()).isEqualTo(2);
        assertThat(scene.pair().progress().retry().nextAttemptAt())
                .isEqualTo(scene.clock.instant().plus(Duration.ofMinutes(2)));
        assertThat(scene.pair().progress().history()).hasSize(2);
    }

    @Test
    void aSuccessForgetsFailures() {
        fail("Temporary", "answered 503");
        scene.clock.advance(Duration.ofMinutes(1));
        scene.operator.pass(SOURCE);

        scene.complete(scene.onlyJob());
        scene.operator.pass(SOURCE);

        assertThat(scene.pair().progress().retry().attempts()).isZero();
        assertThat(scene.pair().state().word()).isEqualTo("InSync");
    }

    @Test
    void aFailedJobThatLeftTheDestinationEqualIsASuccess() {
        scene.registries.found(DESTINATION, digest("v1"));

        fail("Temporary", "reset");

        assertThat(scene.pair().state().word()).isEqualTo("InSync");
    }

    @Test
    void anImmutableTagThatHasTheDigestAlreadyIsInSyncAndBlocksNothing() {
        scene.registries.found(DESTINATION, digest("v1"));

        fail("ImmutableTag", "the tag exists");

        assertThat(scene.pair().state().word()).isEqualTo("InSync");
        assertThat(scene.pair().progress().retry().attempts()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "SourceNotAllowed, SOURCE_NOT_ALLOWED",
        "DestinationNotAllowed, DESTINATION_NOT_ALLOWED",
        "ImmutableTag, IMMUTABLE_TAG",
        "AccessDenied, ACCESS_DENIED",
        "RepositoryNotFound, REPOSITORY_NOT_FOUND",
        "IncompleteSource, INCOMPLETE_SOURCE"
    })
    void permanentFailuresBlock(String word, Reason reason) {
        fail(word, "refused; do this");

        assertThat(scene.pair().state().phase()).isEqualTo(Phase.BLOCKED);
        assertThat(scene.pair().state().reason()).isEqualTo(reason);
        assertThat(scene.pair().state().message()).contains("refused; do this");
        scene.clock.advance(Duration.ofHours(5));
        scene.operator.pass(SOURCE);
        assertThat(scene.runningJobs()).isEmpty();
        assertThat(scene.pair().state().reason()).isEqualTo(reason);
    }

    @Test
    void aBlockedPairIsTriedAgainSlowly() {
        fail("ImmutableTag", "no");

        scene.clock.advance(Duration.ofHours(6));
        scene.operator.pass(SOURCE);

        assertThat(scene.runningJobs()).hasSize(1);
    }

    @Test
    void aBlockedPairIsTriedAgainWhenTheSourceChanges() {
        fail("ImmutableTag", "no");

        scene.source(SOURCE, "v2");
        scene.operator.pass(SOURCE);

        assertThat(scene.runningJobs()).hasSize(1);
    }

    @Test
    void aBlockedPairIsTriedAgainWhenTheDestinationChanges() {
        fail("ImmutableTag", "no");

        scene.registries.found(DESTINATION, digest("other"));
        scene.operator.pass(SOURCE);

        assertThat(scene.runningJobs()).hasSize(1);
    }

    @Test
    void aBlockedPairIsTriedAgainWhenAsked() {
        fail("ImmutableTag", "no");

        scene.operator.hints.add(new EntryKey(SOURCE));
        scene.operator.pass(SOURCE);

        assertThat(scene.runningJobs()).hasSize(1);
    }

    @Test
    void anOutcomeForADigestThatIsNoLongerTheSourcesBlocksNothing() {
        scene.source(SOURCE, "v2");

        fail("ImmutableTag", "no");

        assertThat(scene.queue.spec(scene.onlyJob()).parameters().get("source"))
                .endsWith(digest("v2").toString());
    }

    @Test
    void threeSuccessesThatLeaveAnotherDigestDiverge() {
        for (int i = 0; i < 3; i++) {
            scene.clock.advance(Duration.ofMinutes(5));
            scene.operator.pass(SOURCE);
            scene.queue.succeed(scene.onlyJob());
            scene.registries.found(DESTINATION, digest("rewritten"));
            scene.operator.pass(SOURCE);
        }

        assertThat(scene.pair().state().reason()).isEqualTo(Reason.DIVERGING);
        scene.clock.advance(Duration.ofHours(1));
        scene.operator.pass(SOURCE);
        assertThat(scene.queue.submitCalls()).hasSize(3);
    }

    @Test
    void aDestinationThatIsNotSeenAfterTheJobIsUnknownNotBlocked() {
        scene.registries.answer(DESTINATION, new Resolution.Unavailable("answered 503", false, null));

        fail("ImmutableTag", "no");

        assertThat(scene.pair().state().reason()).isEqualTo(Reason.BACKOFF);
        assertThat(scene.pair().claim()).isNull();
    }

    @Test
    void aDestinationThatIsNotSeenForAWhileDoesNotEndTheBackoff() {
        scene.registries.found(DESTINATION, digest("old"));
        fail("ImmutableTag", "no");
        scene.registries.answer(DESTINATION, new Resolution.Unavailable("answered 503", false, null));
        scene.operator.pass(SOURCE);
        assertThat(scene.pair().state().word()).isEqualTo("Unknown");

        scene.registries.found(DESTINATION, digest("old"));
        scene.operator.pass(SOURCE);

        assertThat(scene.runningJobs()).isEmpty();
        assertThat(scene.pair().state().reason()).isEqualTo(Reason.IMMUTABLE_TAG);
        assertThat(scene.pair().state().message()).contains("no");
    }

    @Test
    void theReasonOfAFailureOutlivesOtherTroubles() {
        fail("ImmutableTag", "no");
        scene.registries.answer(SOURCE, new Resolution.Unavailable("answered 503", false, null));
        scene.operator.pass(SOURCE);
        scene.mirrors.row(SOURCE, Map.of("Destination", DESTINATION, "Interval", "often"));
        scene.operator.pass(SOURCE);
        assertThat(scene.pair().state().reason()).isEqualTo(Reason.INVALID_ENTRY);

        scene.source(SOURCE, "v1");
        scene.mirrors.row(SOURCE, DESTINATION);
        scene.operator.pass(SOURCE);

        assertThat(scene.runningJobs()).as("the row was edited: a try at once").hasSize(1);
        fail("ImmutableTag", "no");
        scene.registries.answer(SOURCE, new Resolution.Unavailable("answered 503", false, null));
        scene.operator.pass(SOURCE);
        scene.source(SOURCE, "v1");
        scene.operator.pass(SOURCE);
        assertThat(scene.pair().state().reason()).isEqualTo(Reason.IMMUTABLE_TAG);
    }

    @Test
    void nextPassNoticesAnEditWithoutAnEvent() {
        fail("ImmutableTag", "no");
        scene.mirrors.row(SOURCE, Map.of("Destination", DESTINATION, "Interval", "1h"));

        scene.operator("another").pass(SOURCE);

        assertThat(scene.runningJobs()).hasSize(1);
    }

    @Test
    void aSuccessThatCannotBeSeenForgetsNoDivergence() {
        diverge();
        diverge();
        scene.clock.advance(Duration.ofMinutes(5));
        scene.operator.pass(SOURCE);
        scene.queue.succeed(scene.onlyJob());
        scene.registries.answer(DESTINATION, new Resolution.Unavailable("answered 503", false, null));
        scene.operator.pass(SOURCE);
        scene.registries.found(DESTINATION, digest("rewritten"));
        scene.operator.pass(SOURCE);

        assertThat(scene.pair().progress().retry().divergences()).isEqualTo(2);
    }

    @Test
    void referrersThatNeverArriveAreNamedAsSuch() {
        scene.complete(scene.onlyJob());
        scene.operator.pass(SOURCE);
        scene.mirrors.row(SOURCE, Map.of("Destination", DESTINATION, "Referrers", true));
        scene.registries.referrers("docker.io/library/golang", digest("v1"), digest("signature"));
        scene.operator.pass(SOURCE);
        for (int i = 0; i < 3; i++) {
            scene.queue.succeed(scene.onlyJob());
            scene.operator.pass(SOURCE);
            scene.clock.advance(Duration.ofMinutes(5));
            scene.operator.pass(SOURCE);
        }

        assertThat(scene.pair().state().reason()).isEqualTo(Reason.DIVERGING);
        assertThat(scene.pair().state().message()).contains("signatures").doesNotContain("another digest");
    }

    @Test
    void missingDestinationAfterCopiesIsNotReportedAsDiverged() {
        for (int i = 0; i < 3; i++) {
            scene.clock.advance(Duration.ofMinutes(5));
            scene.operator.pass(SOURCE);
            scene.queue.succeed(scene.onlyJob());
            scene.registries.answer(DESTINATION, new Resolution.Missing());
            scene.operator.pass(SOURCE);
        }

        assertThat(scene.pair().state().reason()).isEqualTo(Reason.DIVERGING);
        assertThat(scene.pair().state().message()).contains("does not exist").doesNotContain("another digest");
    }

    private void diverge() {
        scene.clock.advance(Duration.ofMinutes(5));
        scene.operator.pass(SOURCE);
        scene.queue.succeed(scene.onlyJob());
        scene.registries.found(DESTINATION, digest("rewritten"));
        scene.operator.pass(SOURCE);
    }

    private void fail(String reason, String error) {
        JobReport.Outcome outcome =
                new JobReport.Outcome(ImageReference.parse(DESTINATION), "failed", 0, reason, error, null);
        scene.queue.fail(scene.onlyJob(), "FAILED: exit 73", new JobReport(List.of(outcome)));
        scene.operator.pass(SOURCE);
    }
}
