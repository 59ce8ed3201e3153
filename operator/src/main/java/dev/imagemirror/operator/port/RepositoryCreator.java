package dev.imagemirror.operator.port;

import dev.imagemirror.image.ImageReference;

/** Port: creates repositories at registries that do not create them on push (ECR). Thread-safe; blocking. */
public interface RepositoryCreator {
    /** Creates nothing. */
    RepositoryCreator NONE = destination -> new Refused(destination.name() + " does not exist; create the repository");

    /** Creates the destination's repository; an existing one counts as success. */
    Answer create(ImageReference destination);

    /** Whether the repository exists now. */
    sealed interface Answer {}

    /** It exists. */
    record Exists() implements Answer {}

    /** It does not; {@code message} says why, and what to do. */
    record Refused(String message) implements Answer {}
}
