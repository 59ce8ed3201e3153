package dev.imagemirror.operator.reconcile;

import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.engine.ReconcileResult;
import dev.imagemirror.operator.engine.Reconciler;
import dev.imagemirror.operator.port.RegistryBusyException;
import dev.imagemirror.operator.port.StaleException;
import java.time.Duration;

/**
 * Syncs one mirror entry's destinations with its source, by an {@link EntryPass}. Level-based: every pass reads the
 * world afresh, and every write is conditional on what was read. Thread-safe.
 */
public final class MirrorReconciler implements Reconciler<EntryKey> {
    /** How long a pass is deferred if too many are waiting for its registry. */
    private static final Duration BUSY = Duration.ofSeconds(3);

    private final EntryPass pass;
    private final ReconcileHints hints;

    MirrorReconciler(EntryPass pass, ReconcileHints hints) {
        this.pass = pass;
        this.hints = hints;
    }

    @Override
    public ReconcileResult reconcile(EntryKey key) {
        ReconcileHints.Hint hint = hints.take(key);
        boolean complete = false;
        try {
            ReconcileResult result = pass.run(key, hint);
            complete = true;
            return result;
        } catch (StaleException e) {
            return new ReconcileResult.Conflict(String.valueOf(e.getMessage()));
        } catch (RegistryBusyException e) {
            return new ReconcileResult.Throttled(String.valueOf(e.getMessage()), BUSY);
        } finally {
            if (!complete) {
                hints.add(key, hint);
            }
        }
    }
}
