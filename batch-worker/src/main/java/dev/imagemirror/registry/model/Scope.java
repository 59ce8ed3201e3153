package dev.imagemirror.registry.model;

import java.util.List;

/**
 * What a request needs to be allowed to do; a token is had for each distinct scope.
 *
 * @param repository path in the registry
 * @param actions what to do there
 * @param mountFrom a second repository to read from, or null
 */
public record Scope(String repository, Actions actions, String mountFrom) {
    /** Actions on a repository, each with those before it. */
    enum Actions {
        PULL("pull"),
        PUSH("pull,push"),
        DELETE("pull,push,delete");

        private final String words;

        Actions(String words) {
            this.words = words;
        }
    }

    public static Scope pull(String repository) {
        return new Scope(repository, Actions.PULL, null);
    }

    public static Scope push(String repository) {
        return new Scope(repository, Actions.PUSH, null);
    }

    public static Scope push(String repository, String mountFrom) {
        return new Scope(repository, Actions.PUSH, mountFrom);
    }

    /** What docker/distribution wants for any DELETE (registry/handlers/app.go), even that of an upload session. */
    public static Scope delete(String repository) {
        return new Scope(repository, Actions.DELETE, null);
    }

    /** True if the request changes something. */
    public boolean isWrite() {
        return actions != Actions.PULL;
    }

    /** The scopes as a token endpoint takes them (distribution "Token Scope Documentation"). */
    public List<String> parameters() {
        String own = "repository:" + repository + ":" + actions.words;
        return mountFrom == null ? List.of(own) : List.of(own, "repository:" + mountFrom + ":pull");
    }
}
