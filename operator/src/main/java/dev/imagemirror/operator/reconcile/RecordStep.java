package dev.imagemirror.operator.reconcile;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.claim.JobFollower;
import dev.imagemirror.operator.domain.EntryStatus;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.engine.ReconcileResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes what a pass has found, and schedules the next one. */
final class RecordStep {
    private final StatusRecorder recorder;
    private final Retirement retirement;
    private final JobFollower follower;
    private final Duration interval;

    /** @param interval between passes, unless an entry has its own */
    RecordStep(StatusRecorder recorder, Retirement retirement, JobFollower follower, Duration interval) {
        this.recorder = recorder;
        this.retirement = retirement;
        this.follower = follower;
        this.interval = interval;
    }

    /** Writes changed pairs, retires unwanted ones, and writes the summary. */
    void record(PassState pass) {
        pass.statuses().result().forEach(after -> recorder.record(after, pass));
        retire(pass);
        summarize(pass);
    }

    /** Pairs that the entry no longer has. */
    private void retire(PassState pass) {
        if (!(pass.expansion() instanceof TagExpander.Expansion.Complete)) {
            return;
        }
        Map<ImageReference, PairStatus> unwanted = new LinkedHashMap<>();
        pass.statuses().stored().forEach(pair -> unwanted.put(pair.identity(), pair));
        pass.pairs().forEach(pair -> unwanted.remove(pair.identity()));
        if (!unwanted.isEmpty()) {
            retirement.retire(unwanted.values(), pass.jobs()).ifPresent(pass::wakeWithin);
        }
    }

    private void summarize(PassState pass) {
        if (pass.refused().summary()) {
            return;
        }
        Set<String> names = pass.statuses().result().stream()
                .map(pair -> String.valueOf(pair.pair().source().tag()))
                .collect(Collectors.toSet());
        List<PairStatus> all = new ArrayList<>(pass.statuses().result());
        all.addAll(pass.refused().pairs());
        EntryStatus before = pass.summary();
        EntryStatus.Summary news = EntrySummary.of(
                pass.row(),
                pass.expansion(),
                pass.notices(),
                all,
                pass.refused().lasting());
        recorder.record(
                before, new EntryStatus(before.key(), news, pass.ages().of(names), pass.now(), before.version()));
    }

    /** At the entry's turn, or earlier if something is pending. */
    ReconcileResult requeue(PassState pass) {
        pass.statuses().result().stream()
                .map(follower::watch)
                .flatMap(Optional::stream)
                .forEach(pass::wakeWithin);
        Duration own = pass.entry().options().interval(interval);
        Duration turn = Schedule.untilNext(pass.entry().key(), own, pass.now());
        return ReconcileResult.requeueAfter(pass.wakeOr(turn));
    }
}
