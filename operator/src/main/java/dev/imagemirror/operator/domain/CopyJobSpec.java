package dev.imagemirror.operator.domain;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The exact submission, so that another process can repeat it.
 *
 * @param queue name or ARN of the job queue
 * @param definition name or ARN of the job definition
 * @param parameters values of {@code Ref::…}: {@code source}, pinned, and {@code dest}, comma-separated
 * @param environment variables added to the definition's own, such as {@code MIRROR_REFERRERS}
 * @param deadlineSeconds job timeout, at least 60
 */
public record CopyJobSpec(
        String queue,
        String definition,
        Map<String, String> parameters,
        Map<String, String> environment,
        int deadlineSeconds) {
    /** Parameter for the source. */
    public static final String SOURCE = "source";
    /** Parameter for the destinations. */
    public static final String DESTINATIONS = "dest";

    /** Copies the maps. */
    public CopyJobSpec {
        if (queue.isEmpty() || definition.isEmpty()) {
            throw new IllegalArgumentException("a copy job needs a queue and a definition");
        }
        parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
        environment = Collections.unmodifiableMap(new TreeMap<>(environment));
        if (deadlineSeconds < 60) {
            throw new IllegalArgumentException(
                    "AWS Batch requires a deadline of at least 60 s, got " + deadlineSeconds);
        }
    }
}
