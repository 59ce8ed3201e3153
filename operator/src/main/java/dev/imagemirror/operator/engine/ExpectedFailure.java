package dev.imagemirror.operator.engine;

/** Something outside the process failed, and the message says all that a person needs: it is logged without a stack. */
public class ExpectedFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String outOfReach;

    /** A failure with its cause, which may be null. */
    public ExpectedFailure(String message, Throwable cause) {
        this(null, message, cause);
    }

    /**
     * A failure shared by every caller of the same service.
     *
     * @param outOfReach what did not answer, such as {@code table mirrors}; null if it may be a matter of this question
     */
    public ExpectedFailure(String outOfReach, String message, Throwable cause) {
        super(message, cause);
        this.outOfReach = outOfReach;
    }

    /** What did not answer, and will not answer others either; null if nothing is known of others. */
    public String outOfReach() {
        return outOfReach;
    }
}
