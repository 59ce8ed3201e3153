package dev.imagemirror.image;

import java.util.Objects;

/** A document that is no manifest, breaks the specification or is of a kind that is not supported. */
public final class InvalidManifestException extends Exception {
    private static final long serialVersionUID = 1L;

    /** A fault, in words. */
    public InvalidManifestException(String message) {
        super(message);
    }

    /** A fault, in words, with its cause. */
    public InvalidManifestException(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
