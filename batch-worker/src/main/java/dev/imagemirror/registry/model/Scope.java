package dev.imagemirror.registry.model;

import java.util.List;
import java.util.stream.Stream;

/**
 * The permissions that a request needs; each distinct scope has its own token.
 *
 * @param repository path in the registry
 * @param actions what to do there
 * @param readable other repositories to read from, for mounts
 */
public record Scope(String repository, Actions actions, List<String> readable) {
    /** Actions on a repository; each includes those before it. */
    enum Actions {
        PULL("pull"),
        PUSH("pull,push"),
        DELETE("pull,push,delete");

        private final String words;

        Actions(String words) {
            this.words = words;
        }
    }

    /** Copies its list. */
    public Scope {
        readable = List.copyOf(readable);
    }

    public static Scope pull(String repository) {
        return new Scope(repository, Actions.PULL, List.of());
    }

    public static Scope push(String repository) {
        return new Scope(repository, Actions.PUSH, List.of());
    }

    /** To push, and to read a blob from {@code from}. */
    public static Scope mount(String repository, String from) {
        return new Scope(repository, Actions.PUSH, List.of(from));
    }

    /** What docker/distribution requires for any DELETE (registry/handlers/app.go), even of an upload session. */
    public static Scope delete(String repository) {
        return new Scope(repository, Actions.DELETE, List.of());
    }

    /** True if the request writes. */
    public boolean isWrite() {
        return actions != Actions.PULL;
    }

    /** The scopes in the form of a token request (distribution "Token Scope Documentation"). */
    public List<String> parameters() {
        return Stream.concat(
                        Stream.of("repository:" + repository + ":" + actions.words),
                        readable.stream().map(other -> "repository:" + other + ":pull"))
                .toList();
    }
}
