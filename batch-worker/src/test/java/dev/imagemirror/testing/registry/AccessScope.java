package dev.imagemirror.testing.registry;

import dev.imagemirror.testing.http.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Actions on a repository, as in the docker token specification: {@code repository:name:pull,push}. */
record AccessScope(String repository, Set<String> actions) {
    AccessScope {
        actions = new TreeSet<>(actions);
    }

    /** What a request needs. A mount needs pull on its source too. */
    static List<AccessScope> needed(Request request, Route route) {
        List<AccessScope> scopes = new ArrayList<>();
        if (!route.repository().isEmpty()) {
            scopes.add(new AccessScope(route.repository(), actions(request.method())));
        }
        if (request.query().first("mount").isPresent()) {
            Optional<String> from = request.query().first("from");
            from.ifPresent(source -> scopes.add(new AccessScope(source, Set.of("pull"))));
        }
        return scopes;
    }

    /** Parses one scope; empty if it is not about a repository. */
    static Optional<AccessScope> parse(String text) {
        int last = text.lastIndexOf(':');
        if (!text.startsWith("repository:") || last <= "repository:".length()) {
            return Optional.empty();
        }
        String name = text.substring("repository:".length(), last);
        return Optional.of(new AccessScope(name, Set.of(text.substring(last + 1).split(",", -1))));
    }

    boolean grants(String name, String action) {
        return repository.equals(name) && actions.contains(action);
    }

    AccessScope pullOnly() {
        return new AccessScope(repository, actions.contains("pull") ? Set.of("pull") : Set.of());
    }

    @Override
    public String toString() {
        return "repository:" + repository + ":" + String.join(",", actions);
    }

    private static Set<String> actions(String method) {
        return switch (method) {
            case "GET", "HEAD" -> Set.of("pull");
            case "DELETE" -> Set.of("delete");
            default -> Set.of("pull", "push");
        };
    }
}
