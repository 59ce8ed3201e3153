package dev.imagemirror.operator.port;

/** Too many passes wait for a registry: this one is better postponed than kept from other registries. */
public final class RegistryBusyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param registry the slow one */
    public RegistryBusyException(String registry) {
        super("too many reconciles are waiting for " + registry);
    }
}
