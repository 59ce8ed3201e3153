package dev.imagemirror.operator.port;

/** So many passes wait for a registry that this one is better put off, lest it keeps others from their registries. */
public final class RegistryBusyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param registry the slow one */
    public RegistryBusyException(String registry) {
        super("too many reconciles are waiting for " + registry);
    }
}
