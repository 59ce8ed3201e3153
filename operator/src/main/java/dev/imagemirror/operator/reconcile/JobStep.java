package dev.imagemirror.operator.reconcile;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.claim.Admission;
import dev.imagemirror.operator.claim.CopyStarter;
import dev.imagemirror.operator.claim.JobFollower;
import dev.imagemirror.operator.claim.JobOutcome;
import dev.imagemirror.operator.claim.JobPlanner;
import dev.imagemirror.operator.domain.Pair;
import dev.imagemirror.operator.domain.PairStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Follows an entry's jobs, and starts the ones it needs. */
final class JobStep {
    private final JobFollower follower;
    private final CopyStarter copies;
    private final StatusRecorder recorder;
    private final Admission admission;

    JobStep(JobFollower follower, CopyStarter copies, StatusRecorder recorder, Admission admission) {
        this.follower = follower;
        this.copies = copies;
        this.recorder = recorder;
        this.admission = admission;
    }

    /** Determines the outcome of the pairs' claims. */
    void follow(PassState pass) {
        pass.followed(follower.follow(pass.statuses().stored(), claimed -> areWanted(claimed, pass)));
    }

    /** Whether a claimed job that may not have been submitted still matches the row. */
    private static boolean areWanted(List<PairStatus> claimed, PassState pass) {
        Set<ImageReference> wanted = pass.pairs().stream().map(Pair::identity).collect(Collectors.toSet());
        return !pass.entry().options().suspend()
                && claimed.stream().map(PairStatus::identity).allMatch(wanted::contains);
    }

    /** Leaves running jobs alone, and copies what has drifted, one source digest at a time. */
    void copy(PassState pass) {
        pass.pairs().stream()
                .map(pass::job)
                .flatMap(Optional::stream)
                .filter(JobOutcome.Live.class::isInstance)
                .map(JobOutcome.Live.class::cast)
                .forEach(pass::leavesCopying);
        for (JobPlanner.PlannedJob job : JobPlanner.jobs(pass.statuses().drifted())) {
            List<PairStatus> free =
                    job.pairs().stream().map(pair -> released(pair, pass)).toList();
            CopyStarter.Result copy = copies.start(
                    pass.row(), free, job.digest(), pass.entry().options().referrers());
            copy.held().forEach(pass.statuses()::leaves);
            copy.submitted().forEach(outcome -> submitted(outcome, pass));
        }
        if (pass.statuses().drifted().isEmpty()) {
            admission.leave(pass.entry().key());
        }
    }

    /** The pair, with its ended claim released in the table to allow a new one. */
    private PairStatus released(PairStatus pair, PassState pass) {
        boolean isFree = pass.statuses().before(pair).claim() == null;
        return isFree ? pair : recorder.record(pair, pass);
    }

    private static void submitted(JobOutcome job, PassState pass) {
        if (job instanceof JobOutcome.Live live) {
            pass.leavesCopying(live);
            return;
        }
        PairStatus pair = job.pair();
        pass.statuses().stands(pair);
        pass.statuses().leaves(pair);
        Instant next = pair.progress().retry().nextAttemptAt();
        pass.wakeWithin(next == null ? Duration.ZERO : Duration.between(pass.now(), next));
    }
}
