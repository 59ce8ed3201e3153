package dev.imagemirror.operator.claim;

import dev.imagemirror.image.Digest;
import dev.imagemirror.operator.domain.Claim;
import dev.imagemirror.operator.domain.CopyRecord;
import dev.imagemirror.operator.domain.PairStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The context of a log line, for log searches: {@code destination}, {@code job} and {@code digest}, in addition to
 * {@code source}, which the loop sets.
 */
public final class LogContext {
    private static final String DESTINATION = "destination";
    private static final String JOB = "job";
    private static final String DIGEST = "digest";

    private LogContext() {}

    /** Logs a line about a pair and its current or last job. */
    public static void of(PairStatus pair, Runnable line) {
        List<CopyRecord> history = pair.progress().history();
        Claim claim = pair.claim();
        String last = history.isEmpty() ? null : history.get(0).jobId();
        Map<String, String> values = new HashMap<>();
        putIfKnown(values, DESTINATION, pair.destination());
        putIfKnown(values, JOB, claim != null ? claim.jobId() : last);
        putIfKnown(values, DIGEST, claim != null ? claim.digest() : pair.seen().source());
        with(values, line);
    }

    /** Logs a line about a job. */
    static void ofJob(String job, Runnable line) {
        with(Map.of(JOB, job), line);
    }

    /** Logs a line about a job and what it copies. */
    static void ofJob(String job, Digest digest, Runnable line) {
        with(Map.of(JOB, job, DIGEST, digest.toString()), line);
    }

    /** Logs lines about a claim's job. */
    static void ofClaim(Claim claim, Runnable lines) {
        Map<String, String> values = new HashMap<>();
        putIfKnown(values, JOB, claim.jobId());
        putIfKnown(values, DIGEST, claim.digest());
        with(values, lines);
    }

    private static void putIfKnown(Map<String, String> values, String key, @Nullable Object value) {
        if (value != null) {
            values.put(key, value.toString());
        }
    }

    /** Restores the context afterwards. */
    private static void with(Map<String, String> values, Runnable lines) {
        Map<String, String> before = MDC.getCopyOfContextMap();
        try {
            values.forEach(MDC::put);
            lines.run();
        } finally {
            MDC.setContextMap(before == null ? Map.of() : before);
        }
    }
}
