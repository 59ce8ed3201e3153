package dev.imagemirror.operator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.operator.engine.LoopListener.Outcome;
import dev.imagemirror.thread.Backoff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Passes that are not complete, although nothing failed. */
class PassTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final ReconcileResult CONFLICT = new ReconcileResult.Conflict("a was changed by another process");

    private final StepTicker ticker = new StepTicker();
    private final WorkQueue<String> queue = new WorkQueue<>(ticker);
    private final List<Outcome> outcomes = new ArrayList<>();
    private ReconcileResult result = ReconcileResult.DONE;
    private boolean fails;
    private final Pass<String> pass =
            new Pass<>(queue, this::reconcile, new Backoff(() -> 0), new Deferrals<>(() -> 0), () -> false);

    @Test
    void conflictsAreRepeatedAfterADoublingBackoffOfTheirOwn() {
        result = CONFLICT;

        pass();
        passAfter(SECOND);
        passAfter(SECOND.multipliedBy(2));
        passAfter(SECOND.multipliedBy(4));

        assertThat(outcomes).containsOnly(Outcome.CONFLICT).hasSize(4);
    }

    @Test
    void aConflictForgetsNoFailure() {
        fails = true;
        pass();
        fails = false;
        result = CONFLICT;
        passAfter(MINUTE);
        fails = true;
        passAfter(SECOND);
        passAfter(MINUTE.multipliedBy(2));

        assertThat(outcomes).containsExactly(Outcome.FAILED, Outcome.CONFLICT, Outcome.FAILED, Outcome.FAILED);
    }

    @Test
    void aPassThatIsThrottledIsRepeatedAfterItsDelayAndForgetsNoFailure() {
        fails = true;
        pass();
        fails = false;
        result = new ReconcileResult.Throttled("registry is busy", Duration.ofSeconds(3));
        passAfter(MINUTE);
        passAfter(Duration.ofSeconds(3));
        fails = true;
        passAfter(Duration.ofSeconds(3));
        passAfter(MINUTE.multipliedBy(2));

        assertThat(outcomes)
                .containsExactly(Outcome.FAILED, Outcome.THROTTLED, Outcome.THROTTLED, Outcome.FAILED, Outcome.FAILED);
    }

    @Test
    void aPassWhoseNextIsPlannedForASecondLaterIsNoConflictAndForgetsThoseBefore() {
        result = CONFLICT;
        pass();
        result = ReconcileResult.requeueAfter(SECOND);
        passAfter(SECOND);
        passAfter(SECOND);
        result = CONFLICT;
        passAfter(SECOND);
        passAfter(SECOND);

        assertThat(outcomes)
                .containsExactly(
                        Outcome.CONFLICT, Outcome.REQUEUED, Outcome.REQUEUED, Outcome.CONFLICT, Outcome.CONFLICT);
    }

    private ReconcileResult reconcile(String key) {
        if (fails) {
            throw new IllegalStateException("bad");
        }
        return result;
    }

    private void pass() {
        queue.add("a");
        workOn(queue.poll().orElseThrow());
    }

    /** The next pass is due in exactly so long; makes it. */
    private void passAfter(Duration delay) {
        ticker.step(delay.minusNanos(1));
        assertThat(queue.poll()).as("before %s", delay).isEmpty();
        ticker.step(Duration.ofNanos(1));
        Optional<String> key = queue.poll();
        assertThat(key).as("after %s", delay).contains("a");
        workOn(key.orElseThrow());
    }

    private void workOn(String key) {
        outcomes.add(pass.over(key));
        queue.done(key);
    }
}
