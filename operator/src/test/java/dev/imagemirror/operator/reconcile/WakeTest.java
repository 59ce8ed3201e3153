package dev.imagemirror.operator.reconcile;

import static dev.imagemirror.operator.reconcile.Scene.DESTINATION;
import static dev.imagemirror.operator.reconcile.Scene.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imagemirror.operator.domain.Reason;
import dev.imagemirror.operator.domain.Resolution;
import dev.imagemirror.operator.port.PortException;
import dev.imagemirror.operator.testing.TestingFailures;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An entry that is compared once a week is looked at sooner if something is under way. */
class WakeTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Scene scene = new Scene();

    @BeforeEach
    void aRowOfALongInterval() {
        row(DESTINATION, "7d");
        scene.source(SOURCE, "v1");
    }

    @Test
    void idleEntryIsCheckedAfterTheInterval() {
        scene.registries.found(DESTINATION, Scene.digest("v1"));

        assertThat(pass()).isGreaterThan(Duration.ofHours(1));
    }

    @Test
    void aJobThatRunsIsLookedAtEachMinute() {
        assertThat(pass()).as("just submitted").isEqualTo(MINUTE);
        assertThat(pass()).as("found running").isEqualTo(MINUTE);
    }

    @Test
    void aClaimWithoutAJobIsLookedAtWhenItsGraceIsOver() {
        scene.statuses.failures().failWrite(2, TestingFailures.When.AFTER);
        assertThatThrownBy(this::pass).isInstanceOf(PortException.class);
        assertThat(scene.pair().claim().jobId()).isNull();

        assertThat(pass()).isEqualTo(Duration.ofMinutes(2));
        scene.clock.advance(Duration.ofSeconds(50));
        assertThat(pass()).isEqualTo(Duration.ofSeconds(70));
    }

    @Test
    void aFailureIsTriedAgainAfterItsBackoff() {
        pass();
        scene.queue.fail(scene.onlyJob(), "FAILED: exit 69");

        assertThat(pass()).isEqualTo(MINUTE);
    }

    @Test
    void aJobThatIsBeingEndedForItsRowIsGoneIsLookedAtEachMinute() {
        pass();
        scene.queue.terminatesAtOnce(false);
        scene.mirrors.removeRow(SOURCE);

        assertThat(pass()).isEqualTo(MINUTE);
    }

    @Test
    void aJobThatIsBeingEndedForItsDestinationIsGoneIsLookedAtEachMinute() {
        pass();
        scene.queue.terminatesAtOnce(false);
        row("b.example.com/golang:1.17", "7d");
        scene.registries.found("b.example.com/golang:1.17", Scene.digest("v1"));

        assertThat(pass()).isEqualTo(MINUTE);
    }

    @Test
    void aJobOfARowThatBecameInvalidIsLookedAtEachMinute() {
        pass();
        row(DESTINATION, "often");

        assertThat(pass()).isEqualTo(MINUTE);
        assertThat(scene.summary(SOURCE).summary().problems()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {SOURCE, DESTINATION})
    void honoursARegistrysRetryAfter(String reference) {
        scene.registries.answer(reference, new Resolution.Unavailable("answered 503", false, Duration.ofMinutes(20)));

        assertThat(pass()).isEqualTo(Duration.ofMinutes(20));
        assertThat(scene.pair().state().reason()).isEqualTo(Reason.BACKOFF);
    }

    @ParameterizedTest
    @ValueSource(strings = {SOURCE, DESTINATION})
    void aRegistryThatSaysNothingOrTooSoonIsAskedAfterAMinute(String reference) {
        scene.registries.answer(reference, new Resolution.Unavailable("answered 503", false, null));
        assertThat(pass()).isEqualTo(MINUTE);
        scene.registries.answer(reference, new Resolution.Unavailable("answered 503", false, Duration.ofSeconds(1)));

        assertThat(pass()).isEqualTo(MINUTE);
    }

    private void row(String destination, String interval) {
        scene.mirrors.row(SOURCE, Map.of("Destination", destination, "Interval", interval));
    }

    private Duration pass() {
        return scene.operator.untilNext(SOURCE);
    }
}
