package dev.imagemirror.operator.engine;

import dev.imagemirror.operator.engine.LoopListener.Outcome;
import dev.imagemirror.text.Span;
import dev.imagemirror.thread.Backoff;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Runs one pass over one key and acts on its result. Thread-safe. */
final class Pass<K> {
    private static final Logger LOG = LoggerFactory.getLogger(Pass.class);
    /** The logging context key that carries the key being reconciled. */
    private static final String MDC_KEY = "source";

    private final WorkQueue<K> queue;
    private final Reconciler<K> reconciler;
    private final Backoff backoff;
    private final BooleanSupplier stopping;
    private final Outages outages;
    private final Map<K, Integer> failures = new ConcurrentHashMap<>();
    private final Deferrals<K> deferrals;

    Pass(
            WorkQueue<K> queue,
            Reconciler<K> reconciler,
            Backoff backoff,
            Deferrals<K> deferrals,
            BooleanSupplier stopping) {
        this.queue = queue;
        this.reconciler = reconciler;
        this.backoff = backoff;
        this.stopping = stopping;
        this.deferrals = deferrals;
        this.outages = new Outages(LOG::warn, queue::now);
    }

    /** Runs the pass; never throws. */
    Outcome over(K key) {
        MDC.put(MDC_KEY, key.toString());
        try {
            return followUp(key, Objects.requireNonNull(reconciler.reconcile(key), "the result of a pass"));
        } catch (Exception | Error e) {
            // An Error, too, is blamed on this key until proven otherwise; a process that must not survive one says so
            // in its JVM options (-XX:+ExitOnOutOfMemoryError).
            return stopping.getAsBoolean() ? abandon(e) : retry(key, e);
        } finally {
            MDC.remove(MDC_KEY);
        }
    }

    private Outcome followUp(K key, ReconcileResult result) {
        if (result instanceof ReconcileResult.Incomplete incomplete) {
            return defer(key, incomplete);
        }
        deferrals.completed(key);
        if (failures.remove(key) != null) {
            outages.worked(key);
        }
        if (result instanceof ReconcileResult.RequeueAfter planned) {
            queue.addAfter(key, planned.delay());
            return Outcome.REQUEUED;
        }
        return Outcome.DONE;
    }

    /** Neither a success, which would reset the failure count, nor a failure. */
    private Outcome defer(K key, ReconcileResult.Incomplete incomplete) {
        Duration delay = deferrals.delay(key, incomplete);
        queue.addAfter(key, delay);
        LOG.debug("Reconcile incomplete; retrying in {} ms: {}", delay.toMillis(), incomplete.reason());
        return incomplete instanceof ReconcileResult.Conflict ? Outcome.CONFLICT : Outcome.THROTTLED;
    }

    private Outcome retry(K key, Throwable cause) {
        int count = failures.merge(key, 1, Integer::sum);
        Duration delay = backoff.delay(count);
        queue.addAfter(key, delay);
        String words = "Reconcile failed (attempt " + count + "); retrying in " + Span.of(delay.plusMillis(999));
        if (cause instanceof ExpectedFailure expected) {
            expected.outOfReach()
                    .ifPresentOrElse(
                            what -> outages.failed(key, what, expected.getMessage()),
                            () -> LOG.warn("{}: {}", words, expected.getMessage()));
        } else {
            LOG.error("{}: {}", words, cause, cause);
        }
        return Outcome.FAILED;
    }

    /** An interrupt is not the key's failure; the next process will reconcile it. */
    private static Outcome abandon(Throwable cause) {
        String words = cause instanceof ExpectedFailure ? cause.getMessage() : cause.toString();
        LOG.info("Reconcile abandoned during shutdown: {}", words);
        return Outcome.FAILED;
    }
}
