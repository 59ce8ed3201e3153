package dev.imagemirror.registry;

/** A registry that may be asked by plain HTTP does not answer it as one would; it may speak TLS. */
final class TlsExpectedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TlsExpectedException(Throwable cause) {
        super("the registry does not speak plain HTTP", cause);
    }
}
