package dev.imagemirror.operator.port;

/** An item was modified between this pass's read and write; the pass restarts. */
public final class StaleException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StaleException(String what) {
        super(what + " was changed by another process during the reconcile");
    }
}
