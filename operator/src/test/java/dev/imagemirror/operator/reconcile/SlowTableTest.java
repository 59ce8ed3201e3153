package dev.imagemirror.operator.reconcile;

import static dev.imagemirror.operator.reconcile.Scene.DESTINATION;
import static dev.imagemirror.operator.reconcile.Scene.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imagemirror.operator.port.PortException;
import dev.imagemirror.operator.testing.TestingFailures;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A claim's age counts from before the write that took it over: the write may have been made long before its answer. */
class SlowTableTest {
    private static final Duration GRACE = Duration.ofMinutes(2);

    private final Scene scene = new Scene();
    private final Scene.Operator next = scene.operator("two");

    @BeforeEach
    void aClaimWasLeftBehind() {
        scene.mirrors.row(SOURCE, DESTINATION);
        scene.source(SOURCE, "v1");
        scene.statuses.failures().failWrite(2, TestingFailures.When.AFTER);
        assertThatThrownBy(() -> scene.operator.pass(SOURCE)).isInstanceOf(PortException.class);
        next.pass(SOURCE);
        scene.clock.advance(GRACE);
    }

    @Test
    void aTakeoverThatWasAnsweredTooLateSubmitsNothing() {
        next.afterChange = () -> scene.clock.advance(Duration.ofSeconds(31));

        next.pass(SOURCE);

        assertThat(scene.pair().claim().epoch()).isEqualTo(2);
        assertThat(scene.queue.submitCalls()).isEmpty();
        next.afterChange = () -> {};
        scene.clock.advance(GRACE.minusSeconds(31));
        next.pass(SOURCE);
        assertThat(scene.pair().claim().epoch()).isEqualTo(3);
        assertThat(scene.pair().claim().jobId()).isEqualTo(scene.onlyJob());
    }

    @Test
    void aTakeoverThatWasAnsweredInTimeSubmits() {
        next.afterChange = () -> scene.clock.advance(Duration.ofSeconds(30));

        next.pass(SOURCE);

        assertThat(scene.queue.submitCalls()).hasSize(1);
    }
}
