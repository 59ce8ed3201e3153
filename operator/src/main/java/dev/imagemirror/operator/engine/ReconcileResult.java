package dev.imagemirror.operator.engine;

import java.time.Duration;

/** The result of a pass that did not fail. */
public sealed interface ReconcileResult {
    /** Not requeued until triggered; also used for a terminal failure. */
    ReconcileResult DONE = new Done();

    /** Requeued after {@code delay}: a planned wait, not a failure. */
    static ReconcileResult requeueAfter(Duration delay) {
        return new RequeueAfter(delay);
    }

    /** Complete: not requeued until triggered. */
    record Done() implements ReconcileResult {}

    /**
     * Complete, with a planned next pass.
     *
     * @param delay time until then
     */
    record RequeueAfter(Duration delay) implements ReconcileResult {}

    /** Incomplete, although nothing failed: retried after a delay from {@link Deferrals}. */
    sealed interface Incomplete extends ReconcileResult {
        /** What kept the pass from completing, as a clause to show to users. */
        String reason();
    }

    /**
     * The pass conflicted with another process's write and starts over.
     *
     * @param reason what was written
     */
    record Conflict(String reason) implements Incomplete {}

    /**
     * The pass was deferred because a service is busy.
     *
     * @param reason what is busy
     * @param delay approximate time until the retry
     */
    record Throttled(String reason, Duration delay) implements Incomplete {}
}
