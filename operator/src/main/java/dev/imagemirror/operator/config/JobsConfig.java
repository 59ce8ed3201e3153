package dev.imagemirror.operator.config;

import java.time.Duration;
import java.util.List;

/**
 * Copy jobs.
 *
 * @param mode where they run
 * @param batch settings for AWS Batch
 * @param limits how many
 * @param times how long
 */
public record JobsConfig(Mode mode, Batch batch, Limits limits, Times times) {
    /** Where copy jobs run. */
    public enum Mode {
        /** On AWS Batch. */
        BATCH,
        /** In this process. */
        LOCAL
    }

    static JobsConfig read(Section jobs) {
        return new JobsConfig(
                jobs.read("mode", "batch", Format.choice(Mode.class), "Where copy jobs run"),
                Batch.read(jobs),
                Limits.read(jobs),
                Times.read(jobs));
    }

    List<String> conflicts() {
        return times.deadline().compareTo(times.longestDeadline()) > 0
                ? List.of("jobs.longestDeadline: must not be less than jobs.deadline")
                : List.of();
    }

    /**
     * AWS Batch.
     *
     * @param queue job queue
     * @param definition job definition
     * @param logGroup log group of the jobs
     */
    public record Batch(String queue, String definition, String logGroup) {
        private static Batch read(Section jobs) {
            return new Batch(
                    jobs.read("queue", "MirrorQueue", Format.NAME_OR_ARN, "AWS Batch job queue"),
                    jobs.read("definition", "MirrorJob", Format.NAME_OR_ARN, "AWS Batch job definition"),
                    jobs.read(
                            "logGroup",
                            "/aws/batch/job",
                            new Format<>("a name", Values::name),
                            "CloudWatch log group of copy jobs"));
        }
    }

    /**
     * Limits on the number of jobs.
     *
     * @param inFlight in total
     * @param perRegistry that read from one registry
     * @param local concurrent jobs in local mode
     */
    public record Limits(int inFlight, int perRegistry, int local) {
        private static Limits read(Section jobs) {
            return new Limits(
                    jobs.read("inFlight", "50", Format.number(1, 10_000), "Maximum number of copy jobs in flight"),
                    jobs.read(
                            "perRegistry",
                            "20",
                            Format.number(1, 10_000),
                            "Maximum number of copy jobs in flight per source registry"),
                    jobs.read("local", "2", Format.number(1, 64), "Concurrent copy jobs in local mode"));
        }
    }

    /**
     * Durations.
     *
     * @param poll interval at which jobs in flight are polled
     * @param startLimit until a job has started
     * @param deadline of a small image
     * @param bytesPerSecond slowest rate that a larger image's deadline allows for
     * @param longestDeadline of any image
     */
    public record Times(
            Duration poll, Duration startLimit, Duration deadline, long bytesPerSecond, Duration longestDeadline) {
        private static Times read(Section jobs) {
            return new Times(
                    jobs.read(
                            "poll", "15s", Format.duration(Duration.ofMillis(100)), "Poll interval for jobs in flight"),
                    jobs.read(
                            "startLimit",
                            "1h",
                            Format.minutes(1),
                            "Jobs that do not start within this time are terminated"),
                    jobs.read("deadline", "15m", Format.minutes(1), "Run time limit for jobs that copy small images"),
                    jobs.read(
                            "slowestRate",
                            "2MiB",
                            Format.SIZE,
                            "Lowest throughput per second that the run time limit of larger images allows for"),
                    jobs.read(
                            "longestDeadline",
                            "12h",
                            Format.minutes(1),
                            "Run time limit for the largest images and for images of unknown size"));
        }
    }
}
