package dev.imagemirror.operator.reconcile;

import dev.imagemirror.operator.claim.Admission;
import dev.imagemirror.operator.claim.JobOutcome;
import dev.imagemirror.operator.domain.Pair;
import dev.imagemirror.operator.domain.PairState;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.domain.decision.Observation;
import dev.imagemirror.operator.reconcile.gate.ClosedGate;
import dev.imagemirror.operator.reconcile.gate.CopyGates;
import dev.imagemirror.operator.reconcile.gate.CopyQuestion;
import java.time.Duration;
import java.util.Optional;

/** Decides what to do with each observed pair. */
final class DecisionStep {
    private final CopyGates gates;
    private final Verdicts verdicts;
    private final CoolDowns coolDowns;

    DecisionStep(CopyGates gates, Verdicts verdicts, CoolDowns coolDowns) {
        this.gates = gates;
        this.verdicts = verdicts;
        this.coolDowns = coolDowns;
    }

    void decide(PassState pass) {
        pass.observations().forEach((pair, seen) -> decide(pass, pair, seen));
    }

    private void decide(PassState pass, Pair pair, Observation seen) {
        coolDowns.see(pair, seen, pass.now());
        PairStatus before = afterJob(pass, pair, seen);
        CopyQuestion question = new CopyQuestion(
                before, seen, pass.entry().options(), pass.ages().of(pair).orElse(null), pass.triesAll(), pass.now());
        Optional<ClosedGate> closed = gates.ask(question);
        PairState state = closed.map(ClosedGate::state).orElseGet(() -> Admission.ahead(question.drift()));
        PairStatus after =
                before.in(state, new PairStatus.Seen(seen.sourceDigest(), seen.destinationDigest()), pass.now());
        pass.statuses().leaves(after);
        closed.flatMap(ClosedGate::lookAgainAt).ifPresent(at -> pass.wakeWithin(Duration.between(pass.now(), at)));
        if (closed.isEmpty()) {
            pass.statuses().drifts(after, question.sourceDigest());
        }
    }

    /** The pair after its job, if one has ended; the claim is released when the pair is recorded. */
    private PairStatus afterJob(PassState pass, Pair pair, Observation seen) {
        Optional<JobOutcome> job = pass.job(pair);
        PairStatus stored = job.map(JobOutcome::pair)
                .or(() -> pass.statuses().stored(pair.identity()))
                .orElseGet(() -> PairStatus.fresh(pass.entry().key(), pair));
        pass.statuses().stands(stored);
        PairStatus current = stored.watchedOnly(pass.now()).as(pair);
        if (job.isPresent() && job.get() instanceof JobOutcome.Ended ended) {
            coolDowns.see(ended.end(), pass.now());
            return verdicts.of(ended, pass.now()).on(current, seen);
        }
        return current;
    }
}
