package dev.imagemirror.operator.reconcile;

import static dev.imagemirror.operator.reconcile.Scene.DESTINATION;
import static dev.imagemirror.operator.reconcile.Scene.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.Resolution;
import dev.imagemirror.operator.engine.ReconcileResult;
import dev.imagemirror.operator.port.PortException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Somebody asks for a try at once while a failed copy is waited out, and the pass that should make it fails. */
class ReconcileHintsTest {
    private final Scene scene = new Scene();

    @BeforeEach
    void aFailureIsWaitedOut() {
        scene.mirrors.row(SOURCE, DESTINATION);
        scene.source(SOURCE, "v1");
        scene.operator.pass(SOURCE);
        scene.queue.fail(scene.onlyJob(), "FAILED: exit 69");
        scene.operator.pass(SOURCE);
        assertThat(scene.runningJobs()).isEmpty();
        scene.operator.hints.add(new EntryKey(SOURCE));
    }

    @Test
    void aPassThatCannotReadItsTableLeavesTheWishToTheNext() {
        scene.mirrors.failures().failRead(1);
        assertThatThrownBy(() -> scene.operator.pass(SOURCE)).isInstanceOf(PortException.class);

        scene.operator.pass(SOURCE);

        assertThat(scene.runningJobs()).hasSize(1);
    }

    @Test
    void aPassThatIsPutOffLeavesTheWishToTheNext() {
        scene.registries.busy("a.example.com");
        assertThat(scene.operator.pass(SOURCE))
                .isEqualTo(new ReconcileResult.Throttled(
                        "too many reconciles are waiting for a.example.com", Duration.ofSeconds(3)));
        scene.registries.free("a.example.com");

        scene.operator.pass(SOURCE);

        assertThat(scene.runningJobs()).hasSize(1);
    }

    @Test
    void aPassThatIsBegunAnewStillHasTheWish() {
        scene.registries.answer(SOURCE, () -> {
            scene.statuses.set(scene.pair().at(scene.pair().version() + 1)); // another process writes
            return new Resolution.Found(Scene.digest("v1"));
        });
        assertThat(scene.operator.pass(SOURCE))
                .isEqualTo(
                        new ReconcileResult.Conflict(SOURCE + " was changed by another process during the reconcile"));
        scene.source(SOURCE, "v1");

        scene.operator.pass(SOURCE);

        assertThat(scene.runningJobs()).hasSize(1);
    }

    @Test
    void aWishIsGrantedOnce() {
        scene.operator.pass(SOURCE);
        scene.queue.fail(scene.onlyJob(), "FAILED: exit 69");
        scene.operator.pass(SOURCE);

        scene.clock.advance(Duration.ofMinutes(1));
        scene.operator.pass(SOURCE);

        assertThat(scene.runningJobs())
                .as("the second failure waits two minutes")
                .isEmpty();
    }
}
