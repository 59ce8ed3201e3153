package dev.imagemirror.operator.local;

import java.time.Duration;

/**
 * How many copies run here, and what is kept of them.
 *
 * @param jobsAtOnce copies that run at the same time; others wait in order
 * @param endedJobsKept how many of the jobs that ended last are still known
 * @param stopTime how long closing waits for copies to stop
 */
public record LocalSettings(int jobsAtOnce, int endedJobsKept, Duration stopTime) {
    /** At least one job at once; no negative number or time. */
    public LocalSettings {
        if (jobsAtOnce < 1 || endedJobsKept < 0 || stopTime.isNegative()) {
            throw new IllegalArgumentException(
                    "not " + jobsAtOnce + " jobs at once, " + endedJobsKept + " kept, " + stopTime + " to stop");
        }
    }

    /** Four jobs at once; the last thousand known; ten seconds to stop. */
    public static LocalSettings standard() {
        return new LocalSettings(4, 1000, Duration.ofSeconds(10));
    }
}
