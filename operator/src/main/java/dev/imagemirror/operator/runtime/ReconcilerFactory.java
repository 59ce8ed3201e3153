package dev.imagemirror.operator.runtime;

import dev.imagemirror.operator.claim.Admission;
import dev.imagemirror.operator.claim.LiveClaims;
import dev.imagemirror.operator.claim.ReconcilerSettings;
import dev.imagemirror.operator.config.JobsConfig;
import dev.imagemirror.operator.config.OperatorConfig;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.port.Ports;
import dev.imagemirror.operator.program.Context;
import dev.imagemirror.operator.reconcile.ReconcilerBuilder;
import dev.imagemirror.thread.Backoff;
import java.util.function.Consumer;

/** Creates reconcilers from the configuration. */
final class ReconcilerFactory {
    private final OperatorConfig config;
    private final Context context;

    ReconcilerFactory(OperatorConfig config, Context context) {
        this.config = config;
        this.context = context;
    }

    /**
     * Limits on jobs in flight.
     *
     * @param live the claims that count
     * @param enqueue enqueues an entry that has been waiting
     */
    Admission admission(LiveClaims live, Consumer<EntryKey> enqueue) {
        JobsConfig.Limits limits = config.jobs().limits();
        return new Admission(
                new Admission.Limits(limits.inFlight(), limits.perRegistry()), live, context.clock(), enqueue);
    }

    /** For a long-running process. */
    ReconcilerBuilder continuous(Ports ports, Admission admission) {
        return builder(ports, admission, settings());
    }

    /** For a process that makes one pass and exits. */
    ReconcilerBuilder oneShot(Ports ports, Admission admission) {
        return builder(ports, admission, settings().oneShot());
    }

    private ReconcilerBuilder builder(Ports ports, Admission admission, ReconcilerSettings settings) {
        return new ReconcilerBuilder(ports, settings, admission)
                .timedBy(context.clock(), System::nanoTime)
                .varying(context.random(), new Backoff(context.random())::delay);
    }

    private ReconcilerSettings settings() {
        JobsConfig.Times times = config.jobs().times();
        return new ReconcilerSettings(
                context.newClaimant(),
                config.loop().interval(),
                config.loop().grace(),
                ReconcilerSettings.standard("").jobCheck(),
                new ReconcilerSettings.Deadlines(
                        times.startLimit(), times.deadline(), times.bytesPerSecond(), times.longestDeadline()),
                false);
    }
}
