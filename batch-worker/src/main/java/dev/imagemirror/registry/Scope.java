package dev.imagemirror.registry;

import java.util.List;

/**
 * What a request needs to be allowed to do; a token is had for each distinct scope.
 *
 * @param repository path in the registry
 * @param push true to write as well
 * @param mountFrom a second repository to read from, or null
 */
record Scope(String repository, boolean push, String mountFrom) {

    static Scope pull(String repository) {
        return new Scope(repository, false, null);
    }

    static Scope push(String repository) {
        return new Scope(repository, true, null);
    }

    /** The scopes as a token endpoint takes them (distribution "Token Scope Documentation"). */
    List<String> parameters() {
        String own = "repository:" + repository + (push ? ":pull,push" : ":pull");
        return mountFrom == null ? List.of(own) : List.of(own, "repository:" + mountFrom + ":pull");
    }
}
