package dev.imagemirror.operator.kubernetes;

import dev.imagemirror.crds.MirrorPolicy;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Objects;

/** Which edits of a policy trigger a pass. */
final class PolicyEdits {
    private PolicyEdits() {}

    /**
     * True for changes to spec, action annotations, finalizers or deletion; not status, which passes write themselves.
     */
    static boolean matter(MirrorPolicy after, MirrorPolicy before) {
        ObjectMeta now = after.getMetadata();
        ObjectMeta then = before.getMetadata();
        return !Objects.equals(now.getGeneration(), then.getGeneration())
                || !Objects.equals(now.getFinalizers(), then.getFinalizers())
                || !Objects.equals(now.getDeletionTimestamp(), then.getDeletionTimestamp())
                || !Objects.equals(
                        Annotations.syncNow(now.getAnnotations()), Annotations.syncNow(then.getAnnotations()))
                || Annotations.adopts(now.getAnnotations()) != Annotations.adopts(then.getAnnotations());
    }
}
