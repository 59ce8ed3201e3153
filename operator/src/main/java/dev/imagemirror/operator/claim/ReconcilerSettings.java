package dev.imagemirror.operator.claim;

import java.time.Duration;

/**
 * How the reconciler goes about it.
 *
 * @param claimant name of this process in claims
 * @param interval how often digests are compared unless an entry says otherwise
 * @param grace how old a claim without a job id has to be, by this process's own clock, before it is taken over
 * @param jobCheck how often a running job is looked at if nothing tells of its end
 * @param deadlines how long a job may take to start, and run
 * @param isOneShot the process makes one pass and ends
 */
public record ReconcilerSettings(
        String claimant, Duration interval, Duration grace, Duration jobCheck, Deadlines deadlines, boolean isOneShot) {
    /** Grace of a one-shot run, which goes by other machines' clocks. */
    public static final Duration ONE_SHOT_GRACE = Duration.ofMinutes(10);

    /** A submission is abandoned if its claim is older than this. */
    public static final Duration SUBMIT_LIMIT = Duration.ofSeconds(30);

    /** What suits most. */
    public static ReconcilerSettings standard(String claimant) {
        return new ReconcilerSettings(
                claimant,
                Duration.ofMinutes(15),
                Duration.ofMinutes(2),
                Duration.ofMinutes(1),
                new Deadlines(Duration.ofHours(1), Duration.ofMinutes(15), 2L * 1024 * 1024, Duration.ofHours(12)),
                false);
    }

    /** The same for a process that makes one pass and ends. */
    public ReconcilerSettings oneShot() {
        return new ReconcilerSettings(claimant, interval, ONE_SHOT_GRACE, jobCheck, deadlines, true);
    }

    /**
     * A job's deadlines; the one for its run follows from the image's size.
     *
     * @param start a job that has not started after this is ended
     * @param base for any image
     * @param bytesPerSecond slowest acceptable rate for what is more
     * @param longest the deadline of an image of unknown size too
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
