package dev.imagemirror.operator.kubernetes;

import dev.imagemirror.crds.Condition;
import dev.imagemirror.crds.MirrorPolicyStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Actionable changes between two statuses of a policy. */
final class PolicyEvents {
    /** Content of an event. */
    record News(boolean isWarning, String reason, String message) {}

    private PolicyEvents() {}

    /** @param before null if there is none yet */
    static List<News> between(@Nullable MirrorPolicyStatus before, MirrorPolicyStatus after) {
        List<News> news = new ArrayList<>();
        Condition degraded = holding(after, PolicyConditions.DEGRADED);
        Condition wasDegraded = holding(before, PolicyConditions.DEGRADED);
        if (degraded != null) {
            boolean isNew = wasDegraded == null || !wasDegraded.reason().equals(degraded.reason());
            if (isNew || blocked(after) > blocked(before)) {
                news.add(new News(true, degraded.reason(), degraded.message()));
            }
        } else if (wasDegraded != null) {
            Condition now = Objects.requireNonNull(PolicyStatusFactory.condition(after, PolicyConditions.DEGRADED));
            news.add(new News(false, "Recovered", "after " + wasDegraded.reason() + ", " + now.message()));
        }
        Condition ready = holding(after, PolicyConditions.READY);
        if (ready != null && holding(before, PolicyConditions.READY) == null) {
            news.add(new News(false, PolicyConditions.READY, ready.message()));
        }
        return news;
    }

    /** The condition of that type, if true. */
    private static @Nullable Condition holding(@Nullable MirrorPolicyStatus status, String type) {
        Condition condition = PolicyStatusFactory.condition(status, type);
        return condition != null && condition.status() == Condition.Status.TRUE ? condition : null;
    }

    private static int blocked(@Nullable MirrorPolicyStatus status) {
        return status == null || status.pairs() == null ? 0 : status.pairs().blocked();
    }
}
