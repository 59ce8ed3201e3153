package dev.imagemirror.operator.runtime;

import dev.imagemirror.operator.catalog.EntryIndex;
import dev.imagemirror.operator.claim.Admission;
import dev.imagemirror.operator.claim.LiveClaims;
import dev.imagemirror.operator.claim.ReconcilerSettings;
import dev.imagemirror.operator.config.OperatorConfig;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.engine.Backoff;
import dev.imagemirror.operator.port.Ports;
import dev.imagemirror.operator.program.Context;
import dev.imagemirror.operator.reconcile.MirrorReconciler;
import dev.imagemirror.operator.reconcile.Nudges;
import dev.imagemirror.operator.reconcile.PassListener;
import java.util.function.Consumer;

/**
 * A reconciler and what it shares with its triggers.
 *
 * @param reconciler works entries
 * @param index all entries
 * @param live claims
 * @param nudges what is asked of single passes
 * @param admission limits on jobs
 */
record Reconciling(MirrorReconciler reconciler, EntryIndex index, LiveClaims live, Nudges nudges, Admission admission) {

    /**
     * For a process that goes on.
     *
     * @param enqueue has an entry worked soon
     * @param listener hears of copies that have ended
     */
    static Reconciling continuous(
            Ports ports, OperatorConfig config, Context context, Consumer<EntryKey> enqueue, PassListener listener) {
        return of(ports, config, context, enqueue, settings(config, context, false), listener);
    }

    /** For a process that makes one pass and ends. */
    static Reconciling oneShot(Ports ports, OperatorConfig config, Context context, Consumer<EntryKey> enqueue) {
        return of(ports, config, context, enqueue, settings(config, context, true), PassListener.NONE);
    }

    private static Reconciling of(
            Ports ports,
            OperatorConfig config,
            Context context,
            Consumer<EntryKey> enqueue,
            ReconcilerSettings settings,
            PassListener listener) {
        EntryIndex index = new EntryIndex();
        LiveClaims live = new LiveClaims();
        Nudges nudges = new Nudges();
        OperatorConfig.Jobs.Limits limits = config.jobs().limits();
        Admission admission = new Admission(
                new Admission.Limits(limits.inFlight(), limits.perRegistry()), live, context.clock(), enqueue);
        Backoff backoff = new Backoff(context.random());
        MirrorReconciler reconciler = MirrorReconciler.create(
                ports,
                settings,
                new MirrorReconciler.Shared(index, admission, nudges, enqueue, listener),
                new MirrorReconciler.Chance(context.clock(), System::nanoTime, context.random(), backoff::delay));
        return new Reconciling(reconciler, index, live, nudges, admission);
    }

    private static ReconcilerSettings settings(OperatorConfig config, Context context, boolean isOneShot) {
        OperatorConfig.Jobs.Times times = config.jobs().times();
        return new ReconcilerSettings(
                context.newClaimant(),
                config.loop().interval(),
                isOneShot ? ReconcilerSettings.ONE_SHOT_GRACE : config.loop().grace(),
                ReconcilerSettings.standard("").jobCheck(),
                times.startLimit(),
                new ReconcilerSettings.Deadlines(times.deadline(), times.bytesPerSecond(), times.longestDeadline()),
                isOneShot);
    }
}
