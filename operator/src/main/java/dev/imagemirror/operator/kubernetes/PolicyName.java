package dev.imagemirror.operator.kubernetes;

import org.jspecify.annotations.Nullable;

/** Identifies a policy; also its rows' {@code ManagedBy} value and key suffix. */
record PolicyName(String cluster, String namespace, String name) {
    private static final int PARTS = 3;

    /** {@code cluster/namespace/name}; no part contains a slash. */
    String manager() {
        return cluster + "/" + namespace + "/" + name;
    }

    /** The policy of that manager; null if not one of this cluster. */
    static @Nullable PolicyName of(String manager, String cluster) {
        String[] parts = manager.split("/", -1);
        return parts.length == PARTS && parts[0].equals(cluster) ? new PolicyName(parts[0], parts[1], parts[2]) : null;
    }
}
