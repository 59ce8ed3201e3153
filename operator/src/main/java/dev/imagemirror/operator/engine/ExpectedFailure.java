package dev.imagemirror.operator.engine;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Something outside the process failed, and the message says all that a person needs: it is logged without a stack. */
public class ExpectedFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final @Nullable String outOfReach;

    /** A failure with its cause, if it has one. */
    public ExpectedFailure(String message, @Nullable Throwable cause) {
        this(null, message, cause);
    }

    /**
     * A failure shared by every caller of the same service.
     *
     * @param outOfReach what did not answer, such as {@code table mirrors}; null if only this question may be concerned
     */
    public ExpectedFailure(@Nullable String outOfReach, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.outOfReach = outOfReach;
    }

    /** What did not answer, and will not answer others either, as far as that is known. */
    public Optional<String> outOfReach() {
        return Optional.ofNullable(outOfReach);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
