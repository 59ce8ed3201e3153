package dev.imagemirror.operator.kubernetes;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Policy annotations by which a user requests an action. */
final class Annotations {
    /** {@code true}: the policy adopts equivalent unmanaged rows. */
    static final String ADOPT = "imagemirror.dev/adopt";

    /** Any value other than the last one: reconcile all rows immediately. */
    static final String SYNC_NOW = "imagemirror.dev/sync-now";

    /** How to request adoption, for messages. */
    static final String ADOPT_HINT = "annotating this policy with " + ADOPT + "=true";

    private Annotations() {}

    static boolean adopts(Map<String, String> annotations) {
        return annotations != null && "true".equals(annotations.get(ADOPT));
    }

    /** The last request. */
    static @Nullable String syncNow(Map<String, String> annotations) {
        String value = annotations == null ? null : annotations.get(SYNC_NOW);
        return value == null || value.isEmpty() ? null : value;
    }
}
