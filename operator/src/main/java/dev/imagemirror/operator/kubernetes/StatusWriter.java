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
 * Writes statuses and remembers them until the framework's cache catches up: a pass that runs earlier would otherwise
 * take an outdated status for the current one and report the same transition twice. Thread-safe.
 */
final class StatusWriter {
    private static final int NOT_FOUND = 404;

    private record Written(long version, MirrorPolicyStatus status) {}

    private final KubernetesClient client;
    private final String fieldManager;
    private final boolean applies;
    private final Map<String, Written> written = new ConcurrentHashMap<>();

    /** @param applies use server-side apply; otherwise a patch, for servers without it */
    StatusWriter(KubernetesClient client, String fieldManager, boolean applies) {
        this.client = client;
        this.fieldManager = fieldManager;
        this.applies = applies;
    }

    /** The policy's current status, which may be newer than the given object's; null if none. */
    MirrorPolicyStatus current(MirrorPolicy policy) {
        Written last = written.get(policy.getMetadata().getUid());
        return last != null && last.version() > version(policy) ? last.status() : policy.getStatus();
    }

    /**
     * Writes the status only: applied fields become owned.
     *
     * @throws KubernetesClientException if the request fails; a deleted policy is not an error
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

    /** Forgets a deleted policy. */
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

    /** A resource's versions increase; the framework relies on this too. */
    private static long version(MirrorPolicy policy) {
        return Long.parseLong(policy.getMetadata().getResourceVersion());
    }
}
