package dev.imagemirror.operator.registry;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.registry.model.CredentialProvider;
import dev.imagemirror.registry.model.RegistryException;
import java.util.Set;

/**
 * Which registries refuse access to repositories that do not exist (GHCR, Quay) and may be taken to mean that, where
 * the operator has a credential. Immutable.
 *
 * @param registries canonical names
 * @param credentials who asks; the registry client's own
 */
public record DeniedMeansMissing(Set<String> registries, CredentialProvider credentials) {
    /** Denied means denied. */
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
            return false; // a credential that cannot be had did not go along
        }
    }
}
