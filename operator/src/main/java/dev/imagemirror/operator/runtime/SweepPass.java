package dev.imagemirror.operator.runtime;

import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.engine.Deferrals;
import dev.imagemirror.operator.engine.ReconcileResult;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** One pass of a one-shot run, and what follows from its result. Thread-safe. */
final class SweepPass {
    private final Function<EntryKey, ReconcileResult> reconciler;
    private final StallTimeout patience;
    private final Deferrals<EntryKey> deferrals;
    private final SweepFailures failures;
    private final Function<EntryKey, Optional<Duration>> lookAgain;

    /** @param lookAgain when to recheck an entry whose pass is complete; empty if the run is done with it */
    SweepPass(
            Function<EntryKey, ReconcileResult> reconciler,
            StallTimeout patience,
            Deferrals<EntryKey> deferrals,
            SweepFailures failures,
            Function<EntryKey, Optional<Duration>> lookAgain) {
        this.reconciler = reconciler;
        this.patience = patience;
        this.deferrals = deferrals;
        this.failures = failures;
        this.lookAgain = lookAgain;
    }

    /** Makes the pass; returns the delay before the next, or empty if the entry is done or has failed. */
    Optional<Duration> over(EntryKey key) {
        try {
            return followUp(key, reconciler.apply(key));
        } catch (RuntimeException | Error e) {
            failures.failed(key, e);
            return Optional.empty();
        }
    }

    private Optional<Duration> followUp(EntryKey key, ReconcileResult result) {
        if (result instanceof ReconcileResult.Incomplete incomplete) {
            patience.require(incomplete.reason());
            return Optional.of(deferrals.delay(key, incomplete));
        }
        deferrals.completed(key);
        patience.completed(key);
        Optional<Duration> next = lookAgain.apply(key);
        failures.worked(key);
        return next;
    }
}
