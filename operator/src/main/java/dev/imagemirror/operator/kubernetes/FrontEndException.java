package dev.imagemirror.operator.kubernetes;

/** The front-end cannot start; the message says why and what to do. */
public final class FrontEndException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean isLasting;

    FrontEndException(String message, boolean isLasting, Throwable cause) {
        super(message, cause);
        this.isLasting = isLasting;
    }

    /** True if somebody has to change something; else trying again may help. */
    public boolean isLasting() {
        return isLasting;
    }
}
