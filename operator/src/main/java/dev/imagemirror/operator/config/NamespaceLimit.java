package dev.imagemirror.operator.config;

import dev.imagemirror.image.ImageReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A repository, or everything below it, that policies of a namespace may use; all others are then off limits.
 *
 * @param namespace its name, or {@code *} for every namespace without a limit of its own in that direction
 * @param direction what the repositories may be used for
 * @param prefix canonical registry and path, whole segments
 */
public record NamespaceLimit(String namespace, Direction direction, String prefix) {
    /** What a repository may be used for. */
    public enum Direction {
        /** As a source. */
        FROM,
        /** As a destination. */
        TO
    }

    private static final Pattern FORM =
            Pattern.compile("(\\*|[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)\\s+(from|to)\\s+(\\S+)");
    private static final Pattern REGISTRY = Pattern.compile("([^/]*[.:][^/]*|localhost)(/.*)?");
    /** Two more segments turn any prefix into a reference: with only one, Docker Hub's library/ would be added. */
    private static final String BELOW = "/x/x";

    /** Parses a text such as {@code team-a to registry.example/team-a}. */
    static NamespaceLimit parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches() || !REGISTRY.matcher(form.group(4)).matches()) {
            throw new IllegalArgumentException("no limit");
        }
        String path = form.group(4).replaceFirst("/+$", "");
        ImageReference below = ImageReference.parse(path + BELOW);
        if (below.wireReference() != null) {
            throw new IllegalArgumentException("a tag");
        }
        String name = below.identity().name();
        return new NamespaceLimit(
                form.group(1),
                form.group(3).equals("from") ? Direction.FROM : Direction.TO,
                name.substring(0, name.length() - BELOW.length()));
    }
}
