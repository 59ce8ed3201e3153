package dev.imagemirror.operator.kubernetes;

import dev.imagemirror.operator.port.ClusterNames;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;

/** Makes sure that no other cluster works under this cluster's name. */
final class ClusterIdentity {
    /** Every cluster has it, and it cannot be made anew. */
    private static final String NAMESPACE = "kube-system";

    private final KubernetesClient client;
    private final ClusterNames names;

    ClusterIdentity(KubernetesClient client, ClusterNames names) {
        this.client = client;
        this.names = names;
    }

    /**
     * Claims the name, once and for all.
     *
     * @throws FrontEndException if another cluster has it
     */
    void claim(String name) {
        String uid = uid();
        String holder = names.claim(name, uid);
        if (!holder.equals(uid)) {
            throw new FrontEndException(
                    "the cluster name '" + name + "' belongs to the cluster whose namespace " + NAMESPACE + " has uid "
                            + holder + "; here it has " + uid + ": each would undo the other's rows."
                            + " Give this cluster another name by kubernetes.cluster. If that cluster is gone for good,"
                            + " remove the item '#cluster/" + name + "' from the status table instead.",
                    true,
                    null);
        }
    }

    private String uid() {
        try {
            Namespace namespace = client.namespaces().withName(NAMESPACE).get();
            if (namespace == null) {
                throw new FrontEndException("there is no namespace " + NAMESPACE + " in this cluster", true, null);
            }
            return namespace.getMetadata().getUid();
        } catch (KubernetesClientException e) {
            throw new FrontEndException(
                    "the uid of namespace " + NAMESPACE + " cannot be read: " + e.getMessage()
                            + "; check that the API server can be reached and that its role allows to get it",
                    false,
                    e);
        }
    }
}
