package dev.imagemirror.operator.reconcile;

import dev.imagemirror.operator.claim.Followed;
import dev.imagemirror.operator.domain.Pair;
import dev.imagemirror.operator.domain.PairState;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.domain.Reason;
import dev.imagemirror.operator.domain.decision.NextStep;
import dev.imagemirror.operator.domain.decision.Observation;
import java.time.Duration;

/** Decides what follows for each pair that was observed. */
final class DecisionStep {
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

    private final Hindrances hindrances;
    private final Verdicts verdicts;
    private final CoolDowns coolDowns;

    DecisionStep(Hindrances hindrances, Verdicts verdicts, CoolDowns coolDowns) {
        this.hindrances = hindrances;
        this.verdicts = verdicts;
        this.coolDowns = coolDowns;
    }

    void decide(PassState pass) {
        pass.observations().forEach((pair, seen) -> decide(pass, pair, seen));
    }

    private void decide(PassState pass, Pair pair, Observation seen) {
        coolDowns.see(pair, seen, pass.now());
        PairStatus before = afterJob(pass, pair, seen);
        NextStep step = NextStep.of(
                before,
                seen,
                new NextStep.Circumstances(
                        pass.entry().options(), pass.ages().of(pair), pass.triesAll(), pass.now()));
        PairState hindrance = hindrances.of(before, seen, step.copy(), pass.now());
        PairState state = hindrance != null ? hindrance : step.state();
        PairStatus after =
                before.in(state, new PairStatus.Seen(seen.sourceDigest(), seen.destinationDigest()), pass.now());
        pass.leaves(after);
        if (hindrance != null && hindrance.reason() == Reason.CYCLE) {
            pass.wakeWithin(LOOK_AGAIN); // nobody tells when another row of the cycle goes
        }
        if (step.copy() && hindrance == null) {
            pass.drifts(after, seen.sourceDigest());
        } else if (step.wakeAt() != null) {
            pass.wakeWithin(Duration.between(pass.now(), step.wakeAt()));
        }
    }

    /** The pair as it is after its job, if one has ended; the claim is released when the pair is recorded. */
    private PairStatus afterJob(PassState pass, Pair pair, Observation seen) {
        Followed job = pass.job(pair);
        PairStatus known = job != null ? job.pair() : pass.stored(pair.identity());
        PairStatus stored = known == null ? PairStatus.fresh(pass.entry().key(), pair) : known;
        pass.stands(stored);
        PairStatus current = stored.watchedOnly(pass.now()).as(pair);
        if (job instanceof Followed.Ended ended) {
            coolDowns.see(ended.report(), pass.now());
            return verdicts.of(ended, pass.now()).on(current, seen);
        }
        return current;
    }
}
