package dev.imagemirror.operator.engine;

/** Something outside the process failed, and the message says all that a person needs: it is logged without a stack. */
public class ExpectedFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A failure with its cause, which may be null. */
    public ExpectedFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
