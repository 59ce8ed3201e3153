package dev.imagemirror.operator.reconcile;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.claim.Followed;
import dev.imagemirror.operator.domain.EntryStatus;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.domain.PairState;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.domain.Reason;
import dev.imagemirror.operator.domain.decision.JobVerdict;
import dev.imagemirror.operator.domain.entry.ParsedEntry;
import dev.imagemirror.operator.engine.ReconcileResult;
import dev.imagemirror.operator.port.EntryRecords;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** One pass over a row that cannot be understood: says what is wrong; jobs under way end by themselves. Used once. */
final class InvalidPass {
    private final Tools tools;
    private final MirrorRow row;
    private final EntryRecords records;
    private final Instant now;
    private final Map<String, Integer> counts = new HashMap<>();
    private Duration wake;

    InvalidPass(Tools tools, MirrorRow row, EntryRecords records, Instant now) {
        this.tools = tools;
        this.row = row;
        this.records = records;
        this.now = now;
        this.wake = Schedule.untilNext(row.key(), tools.settings().interval(), now);
    }

    ReconcileResult run(ParsedEntry.Invalid invalid) {
        Map<ImageReference, Followed> jobs = tools.follower().follow(records.pairs(), claimed -> false);
        String message = "the row is invalid: " + invalid.message();
        records.pairs().forEach(pair -> block(pair, jobs.get(pair.identity()), message));
        records.refused().pairs().forEach(pair -> counts.merge(pair.state().word(), 1, Integer::sum));
        counts.merge("Blocked", counts.isEmpty() ? 1 : 0, Integer::sum);
        EntryStatus.Summary summary = new EntryStatus.Summary(
                EntryStatus.RowSeen.of(row),
                false,
                counts,
                invalid.problems().stream().map(Object::toString).toList(),
                Reason.INVALID_ENTRY.word() + ": mend the row's attributes that are named");
        EntryStatus before = records.entry();
        if (!records.refused().summary()) {
            tools.recorder().record(before, new EntryStatus(row.key(), summary, before.tags(), now, before.version()));
        }
        tools.admission().leave(row.key());
        return ReconcileResult.requeueAfter(wake);
    }

    private void block(PairStatus pair, Followed job, String message) {
        if (job instanceof Followed.Live live) {
            counts.merge(live.pair().state().word(), 1, Integer::sum);
            wake = live.wakeAfter().compareTo(wake) < 0 ? live.wakeAfter() : wake;
            return;
        }
        PairStatus before = job == null ? pair : job.pair();
        PairState state = PairState.held(pair.state().drift(), Reason.INVALID_ENTRY, message);
        PairStatus after = released(before, job).unseenIn(state, now);
        tools.recorder().record(before, after);
        Duration watch = tools.follower().watch(after);
        wake = watch != null && watch.compareTo(wake) < 0 ? watch : wake;
        counts.merge(state.word(), 1, Integer::sum);
    }

    private PairStatus released(PairStatus pair, Followed job) {
        return job instanceof Followed.Ended ended
                ? new JobVerdict(ended.job(), ended.report(), tools.settings().startLimit(), tools.backoff(), now)
                        .unseen(pair)
                : pair;
    }
}
