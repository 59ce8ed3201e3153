package dev.imagemirror.operator.engine;

import java.time.Duration;

/**
 * How a pass ended.
 *
 * @param requeueAfter when the key is to be worked again without a trigger, or null for not at all
 */
public record ReconcileResult(Duration requeueAfter) {
    /** Worked again only when something triggers it; also a terminal failure. */
    public static final ReconcileResult DONE = new ReconcileResult(null);

    /** Worked again after {@code delay}: a planned wait, not a failure. */
    public static ReconcileResult requeueAfter(Duration delay) {
        return new ReconcileResult(delay);
    }
}
