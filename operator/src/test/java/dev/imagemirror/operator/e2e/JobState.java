package dev.imagemirror.operator.e2e;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;

/**
 * What became of a job, in Batch's words.
 *
 * @param status as in {@code DescribeJobs}
 * @param reason why it ended, or null
 * @param startedAt start of the container, or null
 * @param stoppedAt its end, or null
 * @param exitCode of the container, or null
 */
record JobState(String status, String reason, Instant startedAt, Instant stoppedAt, Integer exitCode) {
    static final JobState RUNNABLE = new JobState("RUNNABLE", null, null, null, null);

    JobState running(Instant now) {
        return new JobState("RUNNING", null, now, null, null);
    }

    JobState ended(int exit, String why, Instant now) {
        return new JobState(exit == 0 ? "SUCCEEDED" : "FAILED", why, startedAt, now, exit);
    }

    boolean isEnded() {
        return stoppedAt != null;
    }

    /** Puts this into a description or a summary of the job. */
    void correct(ObjectNode job) {
        job.put("status", status);
        set(job, "statusReason", reason);
        set(job, "startedAt", startedAt);
        set(job, "stoppedAt", stoppedAt);
        if (job.get("container") instanceof ObjectNode container) {
            correctContainer(container);
        }
        if (job.has("attempts")) {
            attempts(job);
        }
    }

    /** On Fargate, Batch tells CPUs and memory elsewhere; moto tells fractions where integers belong. */
    private void correctContainer(ObjectNode container) {
        container.remove(List.of("exitCode", "vcpus", "memory"));
        if (exitCode != null) {
            container.put("exitCode", exitCode);
        }
    }

    private void attempts(ObjectNode job) {
        var attempts = job.putArray("attempts");
        if (isEnded()) {
            ObjectNode attempt = attempts.addObject();
            set(attempt, "startedAt", startedAt);
            set(attempt, "stoppedAt", stoppedAt);
            attempt.putObject("container")
                    .put("exitCode", exitCode)
                    .put("logStreamName", job.at("/container/logStreamName").asText());
        }
    }

    private static void set(ObjectNode json, String name, Instant value) {
        if (value == null) {
            json.remove(name);
        } else {
            json.put(name, value.toEpochMilli());
        }
    }

    private static void set(ObjectNode json, String name, String value) {
        if (value == null) {
            json.remove(name);
        } else {
            json.put(name, value);
        }
    }
}
