package dev.imagemirror.operator.domain.entry;

import org.jspecify.annotations.Nullable;

/**
 * Who declared an entry.
 *
 * @param managedBy {@code cluster/namespace/name} or {@code file/name}; null for a row made by hand
 * @param revision hash of the declared spec
 */
public record Ownership(
        @Nullable String managedBy, @Nullable String revision) {
    /** A row made by hand. */
    public static final Ownership NONE = new Ownership(null, null);
}
