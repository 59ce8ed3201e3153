package dev.imagemirror.operator.policy;

import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Chooses names for exported policies: the file-based policy the rows came from, or an unused one. Used once. */
final class PolicyNames {
    private static final int MAX_NAME = 200;

    private final Set<String> names = new HashSet<>();
    /** Names of file-based policies not written yet: their rows return under the same manager. */
    private final Set<String> reserved = new HashSet<>();

    /** @param managers whose rows will be written; null for unmanaged rows */
    void reserve(Collection<@Nullable String> managers) {
        for (String manager : managers) {
            String own = ofFile(manager);
            if (own != null && own.equals(form(own))) {
                names.add(own);
                reserved.add(own);
            }
        }
    }

    /** The name of that manager's next policy. */
    String next(@Nullable String manager) {
        String own = ofFile(manager);
        return own != null && reserved.remove(own) ? own : unused(form(own != null ? own : withoutKind(manager)));
    }

    /** The policy's name in {@code ManagedBy}; null if not file-based. */
    private static @Nullable String ofFile(@Nullable String manager) {
        return manager != null && manager.startsWith(PolicyReader.FILE)
                ? manager.substring(PolicyReader.FILE.length())
                : null;
    }

    /** {@code NAMESPACE/NAME} of a cluster's {@code ManagedBy}. */
    private static String withoutKind(@Nullable String manager) {
        return manager == null ? "" : manager.substring(manager.indexOf('/') + 1);
    }

    /** The text, reduced to valid name characters. */
    private static String form(String text) {
        String name =
                text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.-]", "-").replaceAll("^[.-]+|[.-]+$", "");
        return name.isEmpty() ? "exported" : name.substring(0, Math.min(name.length(), MAX_NAME));
    }

    private String unused(String name) {
        String candidate = name;
        for (int number = 2; !names.add(candidate); number++) {
            candidate = name + "-" + number;
        }
        return candidate;
    }
}
