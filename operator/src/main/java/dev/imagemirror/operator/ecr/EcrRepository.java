package dev.imagemirror.operator.ecr;

import dev.imagemirror.image.EcrRegistry;
import dev.imagemirror.image.ImageReference;
import java.util.Optional;

/**
 * A repository of an ECR private registry.
 *
 * @param registry account and region
 * @param name path in the registry
 */
record EcrRepository(EcrRegistry registry, String name) {

    /** The reference's repository; empty if its registry is not an ECR private one. */
    static Optional<EcrRepository> of(ImageReference reference) {
        return EcrRegistry.of(reference.registry()).map(ecr -> new EcrRepository(ecr, reference.repository()));
    }

    @Override
    public String toString() {
        return registry.plainHost() + "/" + name;
    }
}
