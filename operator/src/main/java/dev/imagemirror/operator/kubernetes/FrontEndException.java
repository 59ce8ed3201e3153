package dev.imagemirror.operator.kubernetes;

import org.jspecify.annotations.Nullable;

/** The front-end cannot start; the message says why and what to do. */
public final class FrontEndException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean isLasting;

    FrontEndException(String message, boolean isLasting, @Nullable Throwable cause) {
        super(message, cause);
        this.isLasting = isLasting;
    }

    /** True if the user has to fix something; otherwise a retry may help. */
    public boolean isLasting() {
        return isLasting;
    }
}
