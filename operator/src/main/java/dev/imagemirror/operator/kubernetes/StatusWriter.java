package dev.imagemirror.operator.kubernetes;

import dev.imagemirror.crds.MirrorPolicy;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes a status where the framework does not: of a policy that waits for its deletion. Thread-safe. */
final class StatusWriter {
    private static final Logger LOG = LoggerFactory.getLogger(StatusWriter.class);

    private final KubernetesClient client;
    private final String fieldManager;
    private final boolean applies;

    /** @param applies by server-side apply; else by a patch, for servers that do not know it */
    StatusWriter(KubernetesClient client, String fieldManager, boolean applies) {
        this.client = client;
        this.fieldManager = fieldManager;
        this.applies = applies;
    }

    /** A status that cannot be written is only logged: it is written at the next attempt to delete the policy. */
    void write(MirrorPolicy policy) {
        try {
            if (applies) {
                client.resource(policy)
                        .subresource("status")
                        .patch(new PatchContext.Builder()
                                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                                .withFieldManager(fieldManager)
                                .withForce(true)
                                .build());
            } else {
                client.resources(MirrorPolicy.class)
                        .inNamespace(policy.getMetadata().getNamespace())
                        .withName(policy.getMetadata().getName())
                        .editStatus(now -> {
                            now.setStatus(policy.getStatus());
                            return now;
                        });
            }
        } catch (KubernetesClientException e) {
            LOG.warn(
                    "the status of policy {} could not be written: {}",
                    policy.getMetadata().getName(),
                    e.getMessage());
        }
    }
}
