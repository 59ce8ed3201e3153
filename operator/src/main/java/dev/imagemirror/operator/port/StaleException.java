package dev.imagemirror.operator.port;

/** Somebody else wrote an item between this pass's read and write: the pass is begun anew. */
public final class StaleException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StaleException(String what) {
        super(what + " was changed by another process during the reconcile");
    }
}
