package dev.imagemirror.operator.port;

import dev.imagemirror.operator.engine.ExpectedFailure;
import org.jspecify.annotations.Nullable;

/** A table or queue is unavailable; the pass will be retried. The message says which, and what to do. */
public class PortException extends ExpectedFailure {
    private static final long serialVersionUID = 1L;

    /** A failure with its cause. */
    public PortException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** @param outOfReach what did not respond, see {@link ExpectedFailure#outOfReach} */
    public PortException(@Nullable String outOfReach, String message, @Nullable Throwable cause) {
        super(outOfReach, message, cause);
    }
}
