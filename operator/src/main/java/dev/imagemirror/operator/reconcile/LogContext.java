package dev.imagemirror.operator.reconcile;

import dev.imagemirror.image.Digest;
import dev.imagemirror.operator.domain.Claim;
import dev.imagemirror.operator.domain.CopyRecord;
import dev.imagemirror.operator.domain.PairStatus;
import java.util.List;
import org.slf4j.MDC;

/**
 * What a log line is about, for who searches logs: {@code destination}, {@code job}, {@code digest}, beside the {@code
 * source} that the loop has set.
 */
final class LogContext {
    private static final String DESTINATION = "destination";
    private static final String JOB = "job";
    private static final String DIGEST = "digest";

    private LogContext() {}

    /** Has a line logged about a pair, and about its job or the last it had. */
    static void of(PairStatus pair, Runnable line) {
        List<CopyRecord> history = pair.progress().history();
        Claim claim = pair.claim();
        String last = history.isEmpty() ? null : history.get(0).jobId();
        put(DESTINATION, pair.destination());
        logged(
                claim != null ? claim.jobId() : last,
                claim != null ? claim.digest() : pair.seen().source(),
                line);
    }

    /** Has a line logged about a job. */
    static void ofJob(String job, Digest digest, Runnable line) {
        logged(job, digest, line);
    }

    private static void logged(String job, Digest digest, Runnable line) {
        try {
            put(JOB, job);
            put(DIGEST, digest);
            line.run();
        } finally {
            MDC.remove(DESTINATION);
            MDC.remove(JOB);
            MDC.remove(DIGEST);
        }
    }

    private static void put(String key, Object value) {
        if (value != null) {
            MDC.put(key, value.toString());
        }
    }
}
