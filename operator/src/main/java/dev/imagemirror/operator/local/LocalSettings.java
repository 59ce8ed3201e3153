package dev.imagemirror.operator.local;

import java.time.Duration;

/**
 * Limits of local copies.
 *
 * @param jobsAtOnce concurrent copies; others wait in order
 * @param endedJobsKept how many of the last ended jobs stay known
 * @param stopTime how long closing waits for copies to stop
 */
public record LocalSettings(int jobsAtOnce, int endedJobsKept, Duration stopTime) {
    /** Requires at least one job at a time, and no negative number or time. */
    public LocalSettings {
        if (jobsAtOnce < 1 || endedJobsKept < 0 || stopTime.isNegative()) {
            throw new IllegalArgumentException(
                    "not " + jobsAtOnce + " jobs at once, " + endedJobsKept + " kept, " + stopTime + " to stop");
        }
    }

    /** Four concurrent jobs; 1,000 ended jobs kept; ten seconds to stop. */
    public static LocalSettings standard() {
        return new LocalSettings(4, 1000, Duration.ofSeconds(10));
    }
}
