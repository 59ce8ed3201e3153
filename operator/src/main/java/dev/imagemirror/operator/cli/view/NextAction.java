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

/** What comes next for a pair, and at what time. */
final class NextAction {
    private final EntryView entry;
    private final EntryOptions options;
    private final Duration interval;
    private final Instant now;

    /**
     * @param options the row's
     * @param standard interval of rows that have none
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

    /** When the digests are compared again at the latest, by a running operator. */
    Instant nextPass() {
        return now.plus(Schedule.untilNext(entry.key(), interval, now));
    }

    String of(PairStatus pair) {
        String pass = Amounts.instant(nextPass(), now);
        if (pair.state().isRefused()) {
            return "nothing, as long as its item in the status table is as it is";
        }
        return switch (pair.state().phase()) {
            case IDLE -> "digests are compared again by " + pass;
            case COPYING -> "the job's end; then the destination is looked at";
            case WAITING -> waiting(pair, pass);
            case BLOCKED -> blocked(pair, pass);
        };
    }

    private String waiting(PairStatus pair, String pass) {
        Reason reason = pair.state().reason();
        if (reason == Reason.SUSPENDED) {
            return "nothing is copied until Suspend is taken away; digests are compared again by " + pass;
        }
        if (reason == Reason.ADMISSION) {
            return "a copy job, once the limits allow it";
        }
        SourceTag tag =
                entry.status().tags().get(String.valueOf(pair.pair().source().tag()));
        if (reason == Reason.QUARANTINED && tag != null) {
            return "a copy at " + Amounts.instant(tag.ripeAt(options.minAge()), now) + ", if the tag keeps its digest";
        }
        Instant attempt = pair.progress().retry().nextAttemptAt();
        return attempt != null && attempt.isAfter(now)
                ? "another try at " + Amounts.instant(attempt, now)
                : "another try within a minute or so, at the latest by " + pass;
    }

    private String blocked(PairStatus pair, String pass) {
        Instant attempt = pair.progress().retry().nextAttemptAt();
        String last = attempt != null && attempt.isAfter(now)
                ? "at " + Amounts.instant(attempt, now)
                : "at the next pass, by " + pass;
        return "another try when row, source or destination changes, by mirror-operator sync "
                + entry.key().shellWord() + ", or " + last;
    }
}
