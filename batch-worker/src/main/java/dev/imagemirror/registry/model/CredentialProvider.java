package dev.imagemirror.registry.model;

import java.util.Optional;

/** Port: the source of credentials. Implementations are thread-safe and may block. */
@FunctionalInterface
public interface CredentialProvider {
    /** Every request is anonymous. */
    CredentialProvider ANONYMOUS = (registry, repository) -> Optional.empty();

    /**
     * The credential for one repository; empty for anonymous access.
     *
     * @param registry canonical registry of an {@code ImageReference}: {@code docker.io}, {@code host:port}
     * @param repository path in the registry
     * @throws RegistryException if a credential is configured but unavailable
     */
    Optional<Credential> find(String registry, String repository) throws RegistryException;

    /** The registry rejected a credential from {@link #find}: do not return it from a cache again. */
    default void forget(String registry, Credential refused) {}
}
