package dev.imagemirror.registry;

/** A registry whose scheme is not known yet did not respond to this one; it may speak the other. */
final class OtherSchemeException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final String MESSAGE = "the registry does not speak the scheme of the request";

    OtherSchemeException(Throwable cause) {
        super(MESSAGE, cause);
    }

    OtherSchemeException() {
        super(MESSAGE);
    }
}
