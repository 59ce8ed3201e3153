package dev.imagemirror.operator.batch;

import java.util.Map;
import java.util.Objects;

/**
 * Where jobs run and leave their output.
 *
 * @param queue name or ARN of the job queue
 * @param definition name or ARN of the job definition, with or without a revision
 * @param logGroup where the job definition's container logs to
 * @param environment variables of every job, beside the definition's and its own
 */
public record BatchSettings(String queue, String definition, String logGroup, Map<String, String> environment) {
    /** Batch's default log group unless the job definition overrides it (AWS Batch User Guide, "awslogs"). */
    public static final String DEFAULT_LOG_GROUP = "/aws/batch/job";

    /** Everything is required. */
    public BatchSettings {
        Objects.requireNonNull(queue, "queue");
        Objects.requireNonNull(definition, "definition");
        Objects.requireNonNull(logGroup, "logGroup");
        environment = Map.copyOf(environment);
    }

    /** Settings with Batch's default log group. */
    public static BatchSettings of(String queue, String definition) {
        return new BatchSettings(queue, definition, DEFAULT_LOG_GROUP, Map.of());
    }
}
