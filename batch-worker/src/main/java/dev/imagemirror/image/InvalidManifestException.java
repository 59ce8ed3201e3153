package dev.imagemirror.image;

import java.util.Objects;

/** The document is not a manifest, violates the specification, or is of an unsupported kind. */
public final class InvalidManifestException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Describes the fault. */
    public InvalidManifestException(String message) {
        super(message);
    }

    /** Describes the fault, with its cause. */
    public InvalidManifestException(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
