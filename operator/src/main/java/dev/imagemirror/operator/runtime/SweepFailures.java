package dev.imagemirror.operator.runtime;

import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.engine.ExpectedFailure;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The failed passes of a one-shot run. Each is logged, but of those that failed because the same service or table is
 * unreachable, only the first, and their number at the end. Thread-safe.
 */
final class SweepFailures {
    private static final Logger LOG = LoggerFactory.getLogger(SweepFailures.class);

    private final Map<EntryKey, String> messages = new TreeMap<>();
    private final Map<String, Integer> outages = new HashMap<>();
    private int left;

    /** The pass over the key failed. */
    synchronized void failed(EntryKey key, Throwable error) {
        messages.put(key, String.valueOf(error.getMessage()));
        if (!isOfKnownOutage(error)) {
            LOG.warn("reconciling {} failed: {}", key, error.getMessage());
        }
    }

    /** Whether earlier passes failed for the same outage; counts this one. */
    private boolean isOfKnownOutage(Throwable error) {
        return error instanceof ExpectedFailure expected
                && expected.outOfReach()
                        .filter(what -> outages.merge(what, 1, Integer::sum) > 1)
                        .isPresent();
    }

    /** The pass over the key timed out. */
    synchronized void left(EntryKey key) {
        left++;
        messages.put(key, "timed out");
    }

    /** The pass over the key completed after all. */
    synchronized void worked(EntryKey key) {
        messages.remove(key);
    }

    /** The run has ended: logs how many passes each outage affected. */
    synchronized void end() {
        outages.forEach((what, count) -> {
            if (count > 1) {
                LOG.warn("{} reconciles failed because {} is unavailable", count, what);
            }
        });
        outages.clear();
        if (left > 0) {
            LOG.warn("{} entries timed out", left);
            left = 0;
        }
    }

    /** A run starts. */
    synchronized void clear() {
        messages.clear();
        outages.clear();
    }

    /** Why each failed, by key. */
    synchronized Map<EntryKey, String> messages() {
        return new TreeMap<>(messages);
    }
}
