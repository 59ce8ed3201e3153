package dev.imagemirror.operator.reconcile;

import static dev.imagemirror.operator.reconcile.Scene.DESTINATION;
import static dev.imagemirror.operator.reconcile.Scene.SOURCE;
import static dev.imagemirror.operator.reconcile.Scene.digest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.operator.domain.Reason;
import dev.imagemirror.operator.domain.Retry;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What failures of one pair add up to. */
class RepeatedFailuresTest {
    private final Scene scene = new Scene();

    @BeforeEach
    void aRowHasDrifted() {
        scene.mirrors.row(SOURCE, DESTINATION);
        scene.source(SOURCE, "v1");
    }

    @Test
    void aFailureInBetweenForgetsNoDivergence() {
        diverge();
        diverge();
        submit();
        scene.queue.fail(scene.onlyJob(), "FAILED: exit 69");
        scene.operator.pass(SOURCE);
        assertThat(retry().divergences()).isEqualTo(2);

        diverge();

        assertThat(scene.pair().state().reason()).isEqualTo(Reason.DIVERGING);
    }

    @Test
    void aDivergenceInBetweenForgetsNoFailure() {
        submit();
        scene.queue.fail(scene.onlyJob(), "FAILED: exit 69");
        scene.operator.pass(SOURCE);

        diverge();

        assertThat(retry().attempts()).isEqualTo(1);
    }

    @Test
    void aJobThatIsLostIsSubmittedAgainAtOnce() {
        submit();
        scene.queue.forget(scene.onlyJob());

        scene.operator.pass(SOURCE);

        assertThat(scene.pair().claim().jobId()).isEqualTo(scene.onlyJob());
        assertThat(scene.queue.submitCalls()).hasSize(2);
    }

    @Test
    void repeatedlyLostJobBacksOff() {
        submit();
        scene.queue.forget(scene.onlyJob());
        scene.operator.pass(SOURCE);
        scene.queue.forget(scene.onlyJob());

        scene.operator.pass(SOURCE);

        assertThat(scene.queue.submitCalls()).hasSize(2);
        assertThat(scene.pair().state().reason()).isEqualTo(Reason.BACKOFF);
        assertThat(retry().nextAttemptAt()).isEqualTo(scene.clock.instant().plus(Duration.ofMinutes(2)));
    }

    @Test
    void backsOffFromAQueueThatKeepsRefusing() {
        refuse();
        assertThat(retry().attempts()).isEqualTo(1);
        scene.clock.advance(Duration.ofMinutes(1));

        Duration wait = refuse();

        assertThat(retry().attempts()).isEqualTo(2);
        assertThat(wait).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void countsRefusalsPerDigest() {
        refuse();
        scene.clock.advance(Duration.ofMinutes(1));
        refuse();
        scene.source(SOURCE, "v2");

        refuse();

        assertThat(retry()).extracting(Retry::attempts, Retry::digest).containsExactly(1, digest("v2"));
    }

    private void submit() {
        scene.clock.advance(Duration.ofMinutes(5));
        scene.operator.pass(SOURCE);
    }

    private void diverge() {
        submit();
        scene.queue.succeed(scene.onlyJob());
        scene.registries.found(DESTINATION, digest("rewritten"));
        scene.operator.pass(SOURCE);
    }

    private Duration refuse() {
        scene.queue.refuseNext("no");
        return scene.operator.untilNext(SOURCE);
    }

    private Retry retry() {
        return scene.pair().progress().retry();
    }
}
