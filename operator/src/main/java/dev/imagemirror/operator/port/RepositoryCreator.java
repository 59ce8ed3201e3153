package dev.imagemirror.operator.port;

import dev.imagemirror.image.ImageReference;
import org.jspecify.annotations.Nullable;

/** Port: creates repositories at registries that do not create them on push (ECR). Thread-safe; blocking. */
public interface RepositoryCreator {
    /** Creates nothing. */
    RepositoryCreator NONE = destination -> destination.name() + " does not exist; create the repository";

    /**
     * Creates the destination's repository; an existing one counts as success.
     *
     * @return null if it exists now, otherwise why not and what to do
     */
    @Nullable
    String create(ImageReference destination);
}
