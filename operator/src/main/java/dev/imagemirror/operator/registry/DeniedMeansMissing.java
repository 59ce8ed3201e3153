package dev.imagemirror.operator.registry;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.registry.model.CredentialProvider;
import dev.imagemirror.registry.model.RegistryException;
import java.util.Set;

/**
 * Registries that deny access to nonexistent repositories (GHCR, Quay), where a denial may be read as missing if the
 * operator has credentials. Immutable.
 *
 * @param registries canonical names
 * @param credentials the registry client's credentials
 */
public record DeniedMeansMissing(Set<String> registries, CredentialProvider credentials) {
    /** Denied always means denied. */
    public static final DeniedMeansMissing NOWHERE = new DeniedMeansMissing(Set.of(), CredentialProvider.ANONYMOUS);

    /** Copies the set. */
    public DeniedMeansMissing {
        registries = Set.copyOf(registries);
    }

    boolean appliesTo(ImageReference reference) {
        try {
            return registries.contains(reference.registry())
                    && credentials
                            .find(reference.registry(), reference.repository())
                            .isPresent();
        } catch (RegistryException e) {
            return false; // an unavailable credential was not sent
        }
    }
}
