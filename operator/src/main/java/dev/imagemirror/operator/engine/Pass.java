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

/** One pass over one key, and what follows from its result. Thread-safe. */
final class Pass<K> {
    private static final Logger LOG = LoggerFactory.getLogger(Pass.class);
    /** Key of the logging context under which log lines carry the key that is worked. */
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

    /** Makes the pass; whatever it throws ends here. */
    Outcome over(K key) {
        MDC.put(MDC_KEY, key.toString());
        try {
            return followUp(key, Objects.requireNonNull(reconciler.reconcile(key), "the result of a pass"));
        } catch (Exception | Error e) {
            // An Error too is this key's until proven otherwise; a process that must not outlive one is told so by
            // its JVM's options (-XX:+ExitOnOutOfMemoryError).
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

    /** Neither a success, which would forget failures, nor a failure. */
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

    /** Being interrupted is no failure of the key; the next process will work it. */
    private static Outcome abandon(Throwable cause) {
        String words = cause instanceof ExpectedFailure ? cause.getMessage() : cause.toString();
        LOG.info("Reconcile abandoned during shutdown: {}", words);
        return Outcome.FAILED;
    }
}
