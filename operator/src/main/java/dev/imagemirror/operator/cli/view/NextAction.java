package dev.imagemirror.operator.cli.view;

import dev.imagemirror.operator.domain.EntryView;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.domain.Reason;
import dev.imagemirror.operator.domain.SourceTag;
import dev.imagemirror.operator.domain.entry.EntryOptions;
import dev.imagemirror.operator.reconcile.Schedule;
import dev.imagemirror.operator.text.Amounts;
import java.time.Duration;
import java.time.Instant;

/** What happens next to a pair, and when. */
final class NextAction {
    private final EntryView entry;
    private final EntryOptions options;
    private final Duration interval;
    private final Instant now;

    /**
     * @param options the row's
     * @param standard interval of rows without their own
     */
    NextAction(EntryView entry, EntryOptions options, Duration standard, Instant now) {
        this.entry = entry;
        this.options = options;
        this.interval = options.interval(standard);
        this.now = now;
    }

    Duration interval() {
        return interval;
    }

    /** Latest time of the next comparison, if an operator is running. */
    Instant nextPass() {
        return now.plus(Schedule.untilNext(entry.key(), interval, now));
    }

    String of(PairStatus pair) {
        String pass = Amounts.instant(nextPass(), now);
        if (pair.state().isRefused()) {
            return "nothing until its item in the status table changes";
        }
        return switch (pair.state().phase()) {
            case IDLE -> "next comparison by " + pass;
            case COPYING -> "when the job ends, the destination is checked";
            case WAITING -> waiting(pair, pass);
            case BLOCKED -> blocked(pair, pass);
        };
    }

    private String waiting(PairStatus pair, String pass) {
        Reason reason = pair.state().reason();
        if (reason == Reason.SUSPENDED) {
            return "nothing is copied while Suspend is set; next comparison by " + pass;
        }
        if (reason == Reason.ADMISSION) {
            return "a copy job as soon as the limits allow";
        }
        SourceTag tag =
                entry.status().tags().get(String.valueOf(pair.pair().source().tag()));
        if (reason == Reason.QUARANTINED && tag != null) {
            return "a copy at " + Amounts.instant(tag.ripeAt(options.minAge()), now)
                    + ", unless the tag changes before then";
        }
        if (reason != null && reason.isPlannedWait()) {
            return reason.action();
        }
        Instant attempt = pair.progress().retry().nextAttemptAt();
        return attempt != null && attempt.isAfter(now)
                ? "retry at " + Amounts.instant(attempt, now)
                : "retry within about a minute, by " + pass;
    }

    private String blocked(PairStatus pair, String pass) {
        Instant attempt = pair.progress().retry().nextAttemptAt();
        String last = attempt != null && attempt.isAfter(now)
                ? "at " + Amounts.instant(attempt, now)
                : "at the next reconcile, by " + pass;
        return "retry when the row, source or destination changes, on 'mirror-operator sync "
                + entry.key().shellWord() + "', or " + last;
    }
}
