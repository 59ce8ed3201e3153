package dev.imagemirror.operator.kubernetes;

import dev.imagemirror.crds.MirrorPolicy;
import dev.imagemirror.crds.MirrorPolicyStatus;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Writes statuses, and remembers them until the framework's cache has them too: else the next pass, which may come before
 * that, would take an old status for the present one, and tell of the same transition twice. Thread-safe.
 */
final class StatusWriter {
    private static final int NOT_FOUND = 404;

    private record Written(long version, MirrorPolicyStatus status) {}

    private final KubernetesClient client;
    private final String fieldManager;
    private final boolean applies;
    private final Map<String, Written> written = new ConcurrentHashMap<>();

    /** @param applies by server-side apply; else by a patch, for servers that do not know it */
    StatusWriter(KubernetesClient client, String fieldManager, boolean applies) {
        this.client = client;
        this.fieldManager = fieldManager;
        this.applies = applies;
    }

    /** The status that the policy has, which may be later than that of the object given; null if there is none. */
    MirrorPolicyStatus current(MirrorPolicy policy) {
        Written last = written.get(policy.getMetadata().getUid());
        return last != null && last.version() > version(policy) ? last.status() : policy.getStatus();
    }

    /**
     * Writes the status, and nothing else: what is applied is owned.
     *
     * @throws KubernetesClientException if the server cannot be asked or refuses; a policy that is gone is no error
     */
    void write(MirrorPolicy policy, MirrorPolicyStatus status) {
        MirrorPolicy patch = new MirrorPolicy();
        patch.setMetadata(new ObjectMetaBuilder()
                .withName(policy.getMetadata().getName())
                .withNamespace(policy.getMetadata().getNamespace())
                .build());
        patch.setStatus(status);
        try {
            MirrorPolicy after = applies ? apply(patch) : edit(patch);
            written.put(policy.getMetadata().getUid(), new Written(version(after), status));
        } catch (KubernetesClientException e) {
            if (e.getCode() != NOT_FOUND) {
                throw e;
            }
        }
    }

    /** The policy is gone. */
    void forget(MirrorPolicy policy) {
        written.remove(policy.getMetadata().getUid());
    }

    private MirrorPolicy apply(MirrorPolicy patch) {
        return client.resource(patch)
                .subresource("status")
                .patch(new PatchContext.Builder()
                        .withPatchType(PatchType.SERVER_SIDE_APPLY)
                        .withFieldManager(fieldManager)
                        .withForce(true)
                        .build());
    }

    private MirrorPolicy edit(MirrorPolicy patch) {
        return client.resources(MirrorPolicy.class)
                .inNamespace(patch.getMetadata().getNamespace())
                .withName(patch.getMetadata().getName())
                .editStatus(now -> {
                    now.setStatus(patch.getStatus());
                    return now;
                });
    }

    /** Versions of one resource grow, as the framework too takes for granted. */
    private static long version(MirrorPolicy policy) {
        return Long.parseLong(policy.getMetadata().getResourceVersion());
    }
}
