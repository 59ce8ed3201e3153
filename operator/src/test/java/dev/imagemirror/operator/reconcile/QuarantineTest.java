package dev.imagemirror.operator.reconcile;

import static dev.imagemirror.operator.reconcile.Scene.DESTINATION;
import static dev.imagemirror.operator.reconcile.Scene.SOURCE;
import static dev.imagemirror.operator.reconcile.Scene.digest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.operator.domain.Reason;
import dev.imagemirror.operator.domain.Resolution;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code MinAge}: only a digest that rests is copied. */
class QuarantineTest {
    private final Scene scene = new Scene();

    @BeforeEach
    void aRowWithAMinimumAge() {
        row(DESTINATION);
        scene.source(SOURCE, "v1");
    }

    @Test
    void aDigestIsCopiedOnceItIsOldEnough() {
        Duration wait = scene.operator.untilNext(SOURCE);

        assertThat(scene.queue.submitCalls()).isEmpty();
        assertThat(scene.pair().state().reason()).isEqualTo(Reason.QUARANTINED);
        assertThat(wait).isLessThanOrEqualTo(Duration.ofHours(1));
        scene.clock.advance(Duration.ofMinutes(59));
        scene.operator.pass(SOURCE);
        assertThat(scene.queue.submitCalls()).isEmpty();
        scene.clock.advance(Duration.ofMinutes(1));
        scene.operator.pass(SOURCE);
        assertThat(scene.queue.submitCalls()).hasSize(1);
    }

    @Test
    void aDigestThatFlipsAwayAndBackStartsAnew() {
        scene.operator.pass(SOURCE);
        scene.clock.advance(Duration.ofMinutes(50));
        scene.source(SOURCE, "v2");
        scene.operator.pass(SOURCE);
        scene.source(SOURCE, "v1");
        scene.operator.pass(SOURCE);

        scene.clock.advance(Duration.ofMinutes(20));
        scene.operator.pass(SOURCE);

        assertThat(scene.queue.submitCalls()).isEmpty();
        assertThat(scene.pair().state().message()).contains("changed 2 times");
        scene.clock.advance(Duration.ofMinutes(40));
        scene.operator.pass(SOURCE);
        assertThat(scene.queue.submitCalls()).hasSize(1);
    }

    @Test
    void everChangingTagIsNeverCopiedAndReported() {
        for (int change = 0; change < 48; change++) {
            scene.source(SOURCE, "build " + change);
            scene.operator.pass(SOURCE);
            scene.clock.advance(Duration.ofMinutes(45));
            scene.operator.pass(SOURCE);
        }

        assertThat(scene.queue.submitCalls()).isEmpty();
        assertThat(scene.pair().state().reason()).isEqualTo(Reason.QUARANTINED);
        assertThat(scene.pair().state().message()).contains("changed 47 times");
    }

    @Test
    void aDigestThatWasMirroredOnceDoesNotWaitAgain() {
        mirrored("v1");
        scene.source(SOURCE, "v2");
        scene.operator.pass(SOURCE);
        assertThat(scene.pair().state().reason()).isEqualTo(Reason.QUARANTINED);

        scene.source(SOURCE, "v1");
        scene.registries.found(DESTINATION, digest("other"));
        scene.operator.pass(SOURCE);

        assertThat(scene.runningJobs()).hasSize(1);
    }

    @Test
    void aNewDestinationOfAKnownDigestDoesNotWait() {
        mirrored("v1");

        row(DESTINATION + ",b.io/golang:1.17");
        scene.operator.pass(SOURCE);

        assertThat(scene.queue.spec(scene.onlyJob()).parameters().get("dest")).isEqualTo("b.io/golang:1.17");
    }

    @Test
    void aTagThatDisappearedStartsOver() {
        scene.operator.pass(SOURCE);
        scene.clock.advance(Duration.ofMinutes(10));
        scene.registries.answer(SOURCE, new Resolution.Missing());
        scene.operator.pass(SOURCE);
        scene.clock.advance(Duration.ofMinutes(50));
        scene.source(SOURCE, "v1");

        scene.operator.pass(SOURCE);

        assertThat(scene.queue.submitCalls()).isEmpty();
        scene.clock.advance(Duration.ofHours(1));
        scene.operator.pass(SOURCE);
        assertThat(scene.queue.submitCalls()).hasSize(1);
    }

    @Test
    void aDigestThatSomebodyElsePushedToOneDestinationStillWaitsForTheOthers() {
        row(DESTINATION + ",b.io/golang:1.17");
        scene.operator.pass(SOURCE);
        scene.clock.advance(Duration.ofMinutes(10));
        scene.source(SOURCE, "v2");
        scene.registries.found("b.io/golang:1.17", digest("v2"));

        scene.operator.pass(SOURCE);

        assertThat(scene.queue.submitCalls()).isEmpty();
        assertThat(scene.pair().state().reason()).isEqualTo(Reason.QUARANTINED);
    }

    @Test
    void alreadyMirroredDigestDoesNotWait() {
        row(DESTINATION + ",b.io/golang:1.17");
        scene.registries.found("b.io/golang:1.17", digest("v1"));

        scene.operator.pass(SOURCE);

        assertThat(scene.queue.spec(scene.onlyJob()).parameters()).containsEntry("dest", DESTINATION);
    }

    @Test
    void tagHistoryIsForgottenWhenItLeavesTheSelection() {
        String repository = "quay.io/team/app";
        Map<String, Object> tags = Map.of("Include", List.of("*"));
        scene.mirrors.row(repository, Map.of("Destination", "a.io/app", "MinAge", "1h", "Tags", tags));
        scene.registries.tags(repository, "1", "2");
        scene.source(repository + ":1", "one");
        scene.source(repository + ":2", "two");
        scene.operator.pass(repository);
        assertThat(scene.summary(repository).tags()).containsOnlyKeys("1", "2");

        scene.registries.tags(repository, "2", "3");
        scene.source(repository + ":3", "three");
        scene.operator.pass(repository);

        assertThat(scene.summary(repository).tags()).containsOnlyKeys("2", "3");
    }

    private void mirrored(String content) {
        scene.source(SOURCE, content);
        scene.operator.pass(SOURCE);
        scene.clock.advance(Duration.ofHours(1));
        scene.operator.pass(SOURCE);
        scene.complete(scene.onlyJob());
        scene.operator.pass(SOURCE);
        assertThat(scene.pair().state().word()).isEqualTo("InSync");
    }

    private void row(String destinations) {
        scene.mirrors.row(SOURCE, Map.of("Destination", destinations, "MinAge", "1h"));
    }
}
