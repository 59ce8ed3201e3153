package dev.imagemirror.operator.engine;

import java.time.Duration;

/** How a pass ended that did not fail. */
public sealed interface ReconcileResult {
    /** Worked again only when something triggers it; also a terminal failure. */
    ReconcileResult DONE = new Done();

    /** Worked again after {@code delay}: a planned wait, not a failure. */
    static ReconcileResult requeueAfter(Duration delay) {
        return new RequeueAfter(delay);
    }

    /** Complete: worked again only when something triggers it. */
    record Done() implements ReconcileResult {}

    /**
     * Complete, with a planned next pass.
     *
     * @param delay until then
     */
    record RequeueAfter(Duration delay) implements ReconcileResult {}

    /** Not complete, although nothing failed: made again after a delay of {@link Deferrals}. */
    sealed interface Incomplete extends ReconcileResult {
        /** What hindered the pass, as a clause for a person. */
        String reason();
    }

    /**
     * The pass met another process's write, and is begun anew.
     *
     * @param reason what was written
     */
    record Conflict(String reason) implements Incomplete {}

    /**
     * The pass was put off, since what it asks is busy.
     *
     * @param reason what is busy
     * @param delay until about then
     */
    record Throttled(String reason, Duration delay) implements Incomplete {}
}
