package dev.imagemirror.operator.kubernetes;

import org.jspecify.annotations.Nullable;

/** Which policy: also the value of {@code ManagedBy} of its rows, and the end of their keys. */
record PolicyName(String cluster, String namespace, String name) {
    private static final int PARTS = 3;

    /** {@code cluster/namespace/name}; none of them has a slash. */
    String manager() {
        return cluster + "/" + namespace + "/" + name;
    }

    /** The policy of that manager; null if it is none of this cluster's. */
    static @Nullable PolicyName of(String manager, String cluster) {
        String[] parts = manager.split("/", -1);
        return parts.length == PARTS && parts[0].equals(cluster) ? new PolicyName(parts[0], parts[1], parts[2]) : null;
    }
}
