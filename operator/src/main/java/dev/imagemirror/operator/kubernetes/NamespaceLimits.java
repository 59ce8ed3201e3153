package dev.imagemirror.operator.kubernetes;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.entry.MirrorEntry;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Repositories that policies of a namespace may use, as canonical prefixes of whole path segments. A namespace without
 * limits in a direction uses those of {@link #OTHERS}; without these, everything is allowed. Immutable.
 *
 * @param from allowed sources by namespace
 * @param to allowed destinations by namespace
 */
public record NamespaceLimits(Map<String, List<String>> from, Map<String, List<String>> to) {
    /** Applies to every namespace without limits of its own. */
    public static final String OTHERS = "*";

    /** No limits. */
    public static final NamespaceLimits NONE = new NamespaceLimits(Map.of(), Map.of());

    /** Copies the maps. */
    public NamespaceLimits {
        from = Map.copyOf(from);
        to = Map.copyOf(to);
    }

    /** Why the namespace may not declare the entry; null if it may. */
    @Nullable
    PolicyFault refuse(String namespace, MirrorEntry entry) {
        List<String> sources = limits(from, namespace);
        if (!isAllowed(entry.source(), sources)) {
            return fault(PolicyFault.Kind.SOURCE_NOT_ALLOWED, entry.source(), "read from", namespace, sources);
        }
        List<String> destinations = limits(to, namespace);
        return entry.destinations().stream()
                .filter(destination -> !isAllowed(destination, destinations))
                .findFirst()
                .map(destination -> fault(
                        PolicyFault.Kind.DESTINATION_NOT_ALLOWED, destination, "write to", namespace, destinations))
                .orElse(null);
    }

    private static List<String> limits(Map<String, List<String>> limits, String namespace) {
        return limits.getOrDefault(namespace, limits.getOrDefault(OTHERS, List.of()));
    }

    private static boolean isAllowed(ImageReference reference, List<String> prefixes) {
        String name = reference.identity().name();
        return prefixes.isEmpty()
                || prefixes.stream().anyMatch(prefix -> name.equals(prefix) || name.startsWith(prefix + "/"));
    }

    private static PolicyFault fault(
            PolicyFault.Kind kind, ImageReference reference, String verb, String namespace, List<String> allowed) {
        return new PolicyFault(
                kind,
                reference + ": policies in namespace " + namespace + " may only " + verb + " "
                        + String.join(", ", allowed) + "; use one of these, or have kubernetes.limits extended");
    }
}
