package dev.imagemirror.operator.domain.entry;

/**
 * Who declared an entry.
 *
 * @param managedBy {@code cluster/namespace/name} or {@code file/name}; null for a row made by hand
 * @param revision hash of the declared spec, or null
 */
public record Ownership(String managedBy, String revision) {
    /** A row made by hand. */
    public static final Ownership NONE = new Ownership(null, null);
}
