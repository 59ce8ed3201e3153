package dev.imagemirror.operator.port;

import dev.imagemirror.image.ImageReference;
import org.jspecify.annotations.Nullable;

/** Port: makes repositories at registries that do not make them on push (ECR). Thread-safe; blocking. */
public interface RepositoryCreator {
    /** Nothing is made. */
    RepositoryCreator NONE = destination -> destination.name() + " does not exist; create the repository";

    /**
     * Makes the destination's repository; one that exists already is success.
     *
     * @return null if it exists now, else why not and what to do
     */
    @Nullable
    String create(ImageReference destination);
}
