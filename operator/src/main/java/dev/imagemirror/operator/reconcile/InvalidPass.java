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
import dev.imagemirror.operator.domain.StateCounts;
import dev.imagemirror.operator.domain.SyncState;
import dev.imagemirror.operator.domain.entry.Notices;
import dev.imagemirror.operator.engine.ReconcileResult;
import dev.imagemirror.operator.port.EntryRecords;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A pass over an invalid row: reports what is wrong and lets running jobs finish. Thread-safe. */
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

    ReconcileResult run(ValidatedRow.Invalid invalid) {
        MirrorRow row = invalid.at().row();
        EntryRecords records = invalid.at().records();
        Instant now = invalid.at().now();
        Found found = new Found();
        Map<ImageReference, JobOutcome> jobs = follower.follow(records.pairs(), claimed -> false);
        String message = "the row is invalid: " + invalid.problems().message();
        records.pairs().forEach(pair -> block(pair, jobs.get(pair.identity()), message, now, found));
        records.refused().pairs().forEach(pair -> found.count(pair.state()));
        if (found.states.isEmpty()) {
            found.states.add(SyncState.BLOCKED);
        }
        EntryStatus.Summary summary = new EntryStatus.Summary(
                EntryStatus.RowSeen.of(row, Notices.of(row)),
                false,
                StateCounts.of(found.states.stream()),
                invalid.problems().problems().stream().map(Object::toString).toList(),
                Reason.INVALID_ENTRY.word() + ": correct the row's attributes named above");
        EntryStatus before = records.entry();
        if (!records.refused().summary()) {
            recorder.record(before, new EntryStatus(row.key(), summary, before.tags(), now, before.version()));
        }
        admission.leave(row.key());
        return ReconcileResult.requeueAfter(found.wake.atLatest(Schedule.untilNext(row.key(), interval, now)));
    }

    private void block(PairStatus pair, @Nullable JobOutcome job, String message, Instant now, Found found) {
        if (job instanceof JobOutcome.Live live) {
            found.count(live.pair().state());
            found.wake.within(live.wakeAfter());
            return;
        }
        PairStatus before = job == null ? pair : job.pair();
        PairStatus free =
                job instanceof JobOutcome.Ended ended ? verdicts.of(ended, now).unseen(before) : before;
        PairState state = PairState.held(pair.state().drift(), Reason.INVALID_ENTRY, message);
        PairStatus after = free.unseenIn(state, now);
        recorder.record(before, after);
        follower.watch(after).ifPresent(found.wake::within);
        found.count(state);
    }

    /** What one pass has found so far. */
    private static final class Found {
        private final List<SyncState> states = new ArrayList<>();
        private final WakeUp wake = new WakeUp();

        void count(PairState state) {
            states.add(state.syncState());
        }
    }
}
