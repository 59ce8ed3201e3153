package dev.imagemirror.operator.claim;

import dev.imagemirror.image.Digest;
import dev.imagemirror.operator.domain.Claim;
import dev.imagemirror.operator.domain.CopyRecord;
import dev.imagemirror.operator.domain.PairStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.MDC;

/**
 * What a log line is about, for who searches logs: {@code destination}, {@code job}, {@code digest}, beside the {@code
 * source} that the loop has set.
 */
public final class LogContext {
    private static final String DESTINATION = "destination";
    private static final String JOB = "job";
    private static final String DIGEST = "digest";

    private LogContext() {}

    /** Has a line logged about a pair, and about its job or the last it had. */
    public static void of(PairStatus pair, Runnable line) {
        List<CopyRecord> history = pair.progress().history();
        Claim claim = pair.claim();
        String last = history.isEmpty() ? null : history.get(0).jobId();
        Map<String, Object> values = new HashMap<>();
        values.put(DESTINATION, pair.destination());
        values.put(JOB, claim != null ? claim.jobId() : last);
        values.put(DIGEST, claim != null ? claim.digest() : pair.seen().source());
        with(values, line);
    }

    /** Has a line logged about a job. */
    static void ofJob(String job, Digest digest, Runnable line) {
        Map<String, Object> values = new HashMap<>();
        values.put(JOB, job);
        values.put(DIGEST, digest);
        with(values, line);
    }

    /** Has all lines logged about a claim's job. */
    static void ofClaim(Claim claim, Runnable lines) {
        ofJob(claim.jobId(), claim.digest(), lines);
    }

    /** What is null says nothing; what was said before is said again afterwards. */
    private static void with(Map<String, Object> values, Runnable lines) {
        Map<String, String> before = MDC.getCopyOfContextMap();
        try {
            values.forEach((key, value) -> {
                if (value != null) {
                    MDC.put(key, value.toString());
                }
            });
            lines.run();
        } finally {
            MDC.setContextMap(before == null ? Map.of() : before);
        }
    }
}
