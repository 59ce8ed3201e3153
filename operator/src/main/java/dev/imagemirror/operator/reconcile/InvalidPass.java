package dev.imagemirror.operator.reconcile;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.claim.Admission;
import dev.imagemirror.operator.claim.JobFollower;
import dev.imagemirror.operator.claim.JobOutcome;
import dev.imagemirror.operator.domain.EntryStatus;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.domain.PairState;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.domain.Reason;
import dev.imagemirror.operator.engine.ReconcileResult;
import dev.imagemirror.operator.port.EntryRecords;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** A pass over a row that cannot be understood: says what is wrong; jobs under way end by themselves. Thread-safe. */
final class InvalidPass {
    private final JobFollower follower;
    private final StatusRecorder recorder;
    private final Verdicts verdicts;
    private final Admission admission;
    private final Duration interval;

    /** @param interval between passes */
    InvalidPass(
            JobFollower follower, StatusRecorder recorder, Verdicts verdicts, Admission admission, Duration interval) {
        this.follower = follower;
        this.recorder = recorder;
        this.verdicts = verdicts;
        this.admission = admission;
        this.interval = interval;
    }

    ReconcileResult run(LoadedRow.Invalid invalid) {
        MirrorRow row = invalid.at().row();
        EntryRecords records = invalid.at().records();
        Instant now = invalid.at().now();
        Found found = new Found(Schedule.untilNext(row.key(), interval, now));
        Map<ImageReference, JobOutcome> jobs = follower.follow(records.pairs(), claimed -> false);
        String message = "the row is invalid: " + invalid.problems().message();
        records.pairs().forEach(pair -> block(pair, jobs.get(pair.identity()), message, now, found));
        records.refused().pairs().forEach(pair -> found.count(pair.state()));
        found.counts.merge("Blocked", found.counts.isEmpty() ? 1 : 0, Integer::sum);
        EntryStatus.Summary summary = new EntryStatus.Summary(
                EntryStatus.RowSeen.of(row),
                false,
                found.counts,
                invalid.problems().problems().stream().map(Object::toString).toList(),
                Reason.INVALID_ENTRY.word() + ": correct the row's attributes named above");
        EntryStatus before = records.entry();
        if (!records.refused().summary()) {
            recorder.record(before, new EntryStatus(row.key(), summary, before.tags(), now, before.version()));
        }
        admission.leave(row.key());
        return ReconcileResult.requeueAfter(found.wake);
    }

    private void block(PairStatus pair, JobOutcome job, String message, Instant now, Found found) {
        if (job instanceof JobOutcome.Live live) {
            found.count(live.pair().state());
            found.wakeWithin(live.wakeAfter());
            return;
        }
        PairStatus before = job == null ? pair : job.pair();
        PairState state = PairState.held(pair.state().drift(), Reason.INVALID_ENTRY, message);
        PairStatus after = released(before, job, now).unseenIn(state, now);
        recorder.record(before, after);
        Duration watch = follower.watch(after);
        if (watch != null) {
            found.wakeWithin(watch);
        }
        found.count(state);
    }

    private PairStatus released(PairStatus pair, JobOutcome job, Instant now) {
        return job instanceof JobOutcome.Ended ended ? verdicts.of(ended, now).unseen(pair) : pair;
    }

    /** What one pass has found so far. */
    private static final class Found {
        private final Map<String, Integer> counts = new HashMap<>();
        private Duration wake;

        Found(Duration wake) {
            this.wake = wake;
        }

        void count(PairState state) {
            counts.merge(state.word(), 1, Integer::sum);
        }

        void wakeWithin(Duration wait) {
            wake = wait.compareTo(wake) < 0 ? wait : wake;
        }
    }
}
