package dev.imagemirror.operator.claim;

import java.time.Duration;

/**
 * The reconciler's settings.
 *
 * @param claimant name of this process in claims
 * @param interval how often digests are compared unless an entry overrides it
 * @param grace how old a claim without a job id must be, by this process's own clock, before it is taken over
 * @param jobCheck how often a running job is polled in the absence of events
 * @param deadlines how long a job may take to start, and run
 * @param isOneShot whether the process makes one pass and exits
 */
public record ReconcilerSettings(
        String claimant, Duration interval, Duration grace, Duration jobCheck, Deadlines deadlines, boolean isOneShot) {
    /** Grace period of a one-shot run, which relies on other machines' clocks. */
    public static final Duration ONE_SHOT_GRACE = Duration.ofMinutes(10);

    /** A submission is abandoned if its claim is older than this. */
    public static final Duration SUBMIT_LIMIT = Duration.ofSeconds(30);

    /** The defaults. */
    public static ReconcilerSettings standard(String claimant) {
        return new ReconcilerSettings(
                claimant,
                Duration.ofMinutes(15),
                Duration.ofMinutes(2),
                Duration.ofMinutes(1),
                new Deadlines(Duration.ofHours(1), Duration.ofMinutes(15), 2L * 1024 * 1024, Duration.ofHours(12)),
                false);
    }

    /** The same, for a process that makes one pass and exits. */
    public ReconcilerSettings oneShot() {
        return new ReconcilerSettings(claimant, interval, ONE_SHOT_GRACE, jobCheck, deadlines, true);
    }

    /**
     * A job's deadlines; its run deadline depends on the image size.
     *
     * @param start a job that has not started after this is terminated
     * @param base for any image
     * @param bytesPerSecond slowest acceptable rate, for the additional time
     * @param longest the upper limit, also used for an image of unknown size
     */
    public record Deadlines(Duration start, Duration base, long bytesPerSecond, Duration longest) {
        public int seconds(java.util.OptionalLong bytes) {
            long longestSeconds = longest.toSeconds();
            if (bytes.isEmpty()) {
                return Math.toIntExact(longestSeconds);
            }
            long wanted = base.toSeconds() + bytes.getAsLong() / bytesPerSecond;
            return Math.toIntExact(Math.max(60, Math.min(wanted, longestSeconds)));
        }
    }
}
