package dev.imagemirror.registry;

/** A registry whose scheme is not known yet does not answer as one by this scheme would; it may speak the other one. */
final class OtherSchemeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OtherSchemeException(Throwable cause) {
        super("the registry does not speak the scheme by which it was asked", cause);
    }
}
