package dev.imagemirror.operator.kubernetes;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Annotations of a policy by which a person asks for something. */
final class Annotations {
    /** {@code true}: rows that nobody manages and that do the same become the policy's. */
    static final String ADOPT = "imagemirror.dev/adopt";

    /** Any value that is not the last one: all rows are looked at at once. */
    static final String SYNC_NOW = "imagemirror.dev/sync-now";

    /** What to do, in messages. */
    static final String ADOPT_HINT = "annotating this policy with " + ADOPT + "=true";

    private Annotations() {}

    static boolean adopts(Map<String, String> annotations) {
        return annotations != null && "true".equals(annotations.get(ADOPT));
    }

    /** What was asked for last. */
    static @Nullable String syncNow(Map<String, String> annotations) {
        String value = annotations == null ? null : annotations.get(SYNC_NOW);
        return value == null || value.isEmpty() ? null : value;
    }
}
