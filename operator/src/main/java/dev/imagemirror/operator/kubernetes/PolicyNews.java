package dev.imagemirror.operator.kubernetes;

import dev.imagemirror.crds.Condition;
import dev.imagemirror.crds.MirrorPolicyStatus;
import java.util.ArrayList;
import java.util.List;

/** What has happened between two statuses of a policy that a person would act on. */
final class PolicyNews {
    /** One event's words. */
    record News(boolean isWarning, String reason, String message) {}

    private PolicyNews() {}

    /** @param before null if there is none yet */
    static List<News> between(MirrorPolicyStatus before, MirrorPolicyStatus after) {
        List<News> news = new ArrayList<>();
        Condition degraded = PolicyStatusFactory.condition(after, PolicyConditions.DEGRADED);
        Condition wasDegraded = PolicyStatusFactory.condition(before, PolicyConditions.DEGRADED);
        if (is(degraded)) {
            boolean isNew = !is(wasDegraded) || !wasDegraded.reason().equals(degraded.reason());
            if (isNew || blocked(after) > blocked(before)) {
                news.add(new News(true, degraded.reason(), degraded.message()));
            }
        } else if (is(wasDegraded)) {
            news.add(new News(false, "Recovered", "after " + wasDegraded.reason() + ", " + degraded.message()));
        }
        Condition ready = PolicyStatusFactory.condition(after, PolicyConditions.READY);
        if (is(ready) && !is(PolicyStatusFactory.condition(before, PolicyConditions.READY))) {
            news.add(new News(false, PolicyConditions.READY, ready.message()));
        }
        return news;
    }

    private static boolean is(Condition condition) {
        return condition != null && condition.status() == Condition.Status.TRUE;
    }

    private static int blocked(MirrorPolicyStatus status) {
        return status == null || status.pairs() == null ? 0 : status.pairs().blocked();
    }
}
