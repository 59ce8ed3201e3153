package dev.imagemirror.operator.kubernetes;

import dev.imagemirror.operator.port.ClusterNames;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;

/** Ensures that no other cluster uses this cluster's name. */
final class ClusterIdentity {
    /** Exists in every cluster and cannot be recreated. */
    private static final String NAMESPACE = "kube-system";

    private final KubernetesClient client;
    private final ClusterNames names;

    ClusterIdentity(KubernetesClient client, ClusterNames names) {
        this.client = client;
        this.names = names;
    }

    /**
     * Claims the name permanently.
     *
     * @throws FrontEndException if another cluster owns it
     */
    void claim(String name) {
        String uid = uid();
        String holder = names.claim(name, uid);
        if (!holder.equals(uid)) {
            throw new FrontEndException(
                    "the cluster name '" + name + "' is taken by the cluster whose namespace " + NAMESPACE + " has uid "
                            + holder + "; this cluster's is " + uid + ": each would undo the other's rows."
                            + " Set kubernetes.cluster to another name. If the other cluster no longer exists,"
                            + " remove the item '#cluster/" + name + "' from the status table instead.",
                    true,
                    null);
        }
    }

    private String uid() {
        try {
            Namespace namespace = client.namespaces().withName(NAMESPACE).get();
            if (namespace == null) {
                throw new FrontEndException("no namespace " + NAMESPACE + " in this cluster", true, null);
            }
            return namespace.getMetadata().getUid();
        } catch (KubernetesClientException e) {
            throw new FrontEndException(
                    "cannot read the uid of namespace " + NAMESPACE + ": " + e.getMessage()
                            + "; check that the API server is reachable and that the operator's role may get it",
                    false,
                    e);
        }
    }
}
