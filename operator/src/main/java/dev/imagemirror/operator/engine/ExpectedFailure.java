package dev.imagemirror.operator.engine;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A failure outside the process whose message tells the user everything: logged without a stack trace. */
public class ExpectedFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final @Nullable String outOfReach;

    /** Creates a failure with its cause, if any. */
    public ExpectedFailure(String message, @Nullable Throwable cause) {
        this(null, message, cause);
    }

    /**
     * Creates a failure shared by every caller of the same service.
     *
     * @param outOfReach what did not respond, such as {@code table mirrors}; null if only this request may be affected
     */
    public ExpectedFailure(@Nullable String outOfReach, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.outOfReach = outOfReach;
    }

    /** What did not respond and, as far as is known, will not respond to others either. */
    public Optional<String> outOfReach() {
        return Optional.ofNullable(outOfReach);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
