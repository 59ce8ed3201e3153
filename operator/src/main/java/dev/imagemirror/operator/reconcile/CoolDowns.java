package dev.imagemirror.operator.reconcile;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.claim.Admission;
import dev.imagemirror.operator.domain.JobReport;
import dev.imagemirror.operator.domain.Pair;
import dev.imagemirror.operator.domain.Resolution;
import dev.imagemirror.operator.domain.decision.JobEnd;
import dev.imagemirror.operator.domain.decision.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/** Starts a registry's cool-down when it rate-limits the operator or a job. */
final class CoolDowns {
    private static final Duration LEAST = Duration.ofMinutes(1);

    private final Admission admission;

    CoolDowns(Admission admission) {
        this.admission = admission;
    }

    /** Both sides of the pair have been resolved. */
    void see(Pair pair, Observation seen, Instant now) {
        see(pair.source(), seen.source(), now);
        see(pair.destination(), seen.destination(), now);
    }

    private void see(ImageReference reference, Resolution answer, Instant now) {
        if (answer instanceof Resolution.Unavailable unavailable && unavailable.throttled()) {
            admission.coolDown(reference.registry(), now.plus(unavailable.waitAtLeast(LEAST)));
        }
    }

    /** A job has ended. */
    void see(JobEnd end, Instant now) {
        if (end instanceof JobEnd.Reported reported) {
            reported.report().destinations().stream()
                    .map(JobReport.Outcome::throttledBy)
                    .filter(Objects::nonNull)
                    .forEach(registry -> admission.coolDown(registry, now.plus(LEAST)));
        }
    }
}
