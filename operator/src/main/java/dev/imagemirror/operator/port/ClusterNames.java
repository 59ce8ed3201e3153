package dev.imagemirror.operator.port;

/**
 * Port: which cluster owns a name. Rows declared by a cluster's policies carry its name, so two clusters sharing a name
 * would undo each other's rows. Thread-safe; blocking; may throw {@link PortException}.
 */
public interface ClusterNames {
    /**
     * Assigns the name to the cluster if it is free.
     *
     * @param name of the cluster
     * @param uid the cluster's permanent id: that of its {@code kube-system} namespace
     * @return uid of the cluster that owns the name now, possibly another one
     */
    String claim(String name, String uid);
}
