package dev.imagemirror.operator.port;

/**
 * Port: which cluster has a name. Rows that a cluster's policies declare carry its name, so that two clusters of one name
 * would undo each other's rows. Thread-safe; blocking; may throw {@link PortException}.
 */
public interface ClusterNames {
    /**
     * Gives the name to the cluster if nobody has it.
     *
     * @param name of the cluster
     * @param uid by which a cluster is known for good: that of its namespace {@code kube-system}
     * @return the uid of the cluster that has the name now, which may be another
     */
    String claim(String name, String uid);
}
