package dev.imagemirror.operator.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.engine.Deferrals;
import dev.imagemirror.operator.engine.ReconcileResult;
import dev.imagemirror.operator.engine.StepTicker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class SweepPassTest {
    private static final EntryKey KEY = new EntryKey("quay.io/team/app:1");
    private static final ReconcileResult CONFLICT = new ReconcileResult.Conflict("b.example/app was changed");
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final StepTicker ticker = new StepTicker();
    private final SweepFailures failures = new SweepFailures();
    private final List<EntryKey> lookedAgain = new ArrayList<>();
    private Supplier<ReconcileResult> result = () -> ReconcileResult.DONE;
    private Optional<Duration> lookAgain = Optional.empty();
    private final SweepPass pass = new SweepPass(
            key -> result.get(),
            new StallTimeout(Duration.ofMinutes(5), ticker),
            new Deferrals<>(() -> 0),
            failures,
            key -> {
                lookedAgain.add(key);
                return lookAgain;
            });

    @Test
    void aPassWhoseNextIsPlannedForTheTimeOfAConflictIsComplete() {
        for (Duration planned : List.of(SECOND, Duration.ofSeconds(3), Duration.ZERO)) {
            result = () -> ReconcileResult.requeueAfter(planned);

            assertThat(pass.over(KEY)).isEmpty();
        }
        assertThat(lookedAgain).hasSize(3);
    }

    @Test
    void aConflictIsTriedAgainLaterEachTime() {
        result = () -> CONFLICT;

        assertThat(List.of(pass.over(KEY), pass.over(KEY), pass.over(KEY)))
                .containsExactly(
                        Optional.of(SECOND), Optional.of(SECOND.multipliedBy(2)), Optional.of(SECOND.multipliedBy(4)));
        assertThat(lookedAgain).isEmpty();
        assertThat(failures.messages()).isEmpty();
    }

    @Test
    void aConflictDoesNotMakeAnEarlierFailureGood() {
        result = () -> {
            throw new IllegalStateException("bad");
        };
        pass.over(KEY);
        result = () -> CONFLICT;
        pass.over(KEY);
        assertThat(failures.messages()).containsEntry(KEY, "bad");

        result = () -> ReconcileResult.DONE;
        pass.over(KEY);
        assertThat(failures.messages()).isEmpty();
    }

    @Test
    void conflictsAloneEndTheRunWithTheirReason() {
        result = () -> CONFLICT;
        pass.over(KEY);
        ticker.step(Duration.ofMinutes(5).plusSeconds(1));

        assertThat(pass.over(KEY)).isEmpty();
        assertThat(failures.messages())
                .containsEntry(
                        KEY, "b.example/app was changed, and no reconcile has completed for 5m; try again later");
    }

    @Test
    void anEntryWithAJobIsLookedAtAgain() {
        lookAgain = Optional.of(SECOND);
        result = () -> ReconcileResult.requeueAfter(Duration.ofMinutes(15));

        assertThat(pass.over(KEY)).contains(SECOND);
    }
}
