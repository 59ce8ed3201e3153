package dev.imagemirror.operator.domain.decision;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.Drift;
import dev.imagemirror.operator.domain.Pair;
import dev.imagemirror.operator.domain.PairState;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.domain.Phase;
import dev.imagemirror.operator.domain.Reason;
import dev.imagemirror.operator.domain.Resolution;
import dev.imagemirror.operator.domain.Retry;
import dev.imagemirror.operator.domain.SourceTag;
import dev.imagemirror.operator.domain.entry.EntryOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What follows for a pair without a live claim from what was observed of it. A pure function: {@link #of}.
 *
 * @param state the pair's state, if nothing is copied
 * @param copy true if a copy job should run
 * @param wakeAt when to look again before the next interval
 */
public record NextStep(
        PairState state, boolean copy, @Nullable Instant wakeAt) {
    private static final Duration ASK_AGAIN = Duration.ofMinutes(1);

    /**
     * What else matters.
     *
     * @param options the entry's
     * @param tag how long the source tag has had its digest; null if the source is given by digest
     * @param nudged somebody asked for a try at once: failures are forgotten
     * @param now the pass's instant
     */
    public record Circumstances(
            EntryOptions options, @Nullable SourceTag tag, boolean nudged, Instant now) {}

    /** The next step. */
    public static NextStep of(PairStatus before, Observation seen, Circumstances at) {
        NextStep hindered = hindered(before.pair(), seen, at.now());
        if (hindered != null) {
            return at.options().suspend() && hindered.state().phase() == Phase.WAITING ? suspended(hindered) : hindered;
        }
        Drift drift = DriftCalculator.of(seen);
        if (drift == Drift.IN_SYNC) {
            return stay(PairState.idle(drift), null);
        }
        if (drift == Drift.UNKNOWN) {
            String message = "what refers to the image cannot be read at "
                    + seen.unread().message() + "; asked again until it can";
            return stay(PairState.held(drift, Reason.BACKOFF, message), at.now().plus(wait(seen.unread())));
        }
        return drifted(before, drift, seen, at);
    }

    private static NextStep suspended(NextStep unseen) {
        String message = "the entry is suspended; " + unseen.state().message();
        return stay(PairState.held(unseen.state().drift(), Reason.SUSPENDED, message), unseen.wakeAt());
    }

    private static @Nullable NextStep hindered(Pair pair, Observation seen, Instant now) {
        Resolution source = seen.source();
        if (source instanceof Resolution.Missing || source instanceof Resolution.RepositoryMissing) {
            return stay(
                    PairState.held(
                            Drift.UNKNOWN,
                            Reason.SOURCE_NOT_FOUND,
                            absence(pair.source(), source) + ". It is looked for again at the next interval"),
                    null);
        }
        NextStep forbidden = forbidden(seen);
        if (forbidden != null) {
            return forbidden;
        }
        NextStep unseen = unseen(pair.source(), source, now);
        return unseen != null ? unseen : unseen(pair.destination(), seen.destination(), now);
    }

    /** Judged again at every interval, and by sync; that costs no request. */
    private static @Nullable NextStep forbidden(Observation seen) {
        if (seen.source() instanceof Resolution.NotAllowed source) {
            return stay(PairState.held(Drift.UNKNOWN, Reason.SOURCE_NOT_ALLOWED, source.message()), null);
        }
        if (seen.destination() instanceof Resolution.NotAllowed destination) {
            return stay(PairState.held(Drift.UNKNOWN, Reason.DESTINATION_NOT_ALLOWED, destination.message()), null);
        }
        return null;
    }

    private static String absence(ImageReference reference, Resolution answer) {
        return answer instanceof Resolution.Missing missing && missing.why() != null
                ? reference + " " + missing.why()
                : reference + " does not exist; check its name and tag";
    }

    private static @Nullable NextStep unseen(ImageReference reference, Resolution answer, Instant now) {
        if (answer instanceof Resolution.Denied denied) {
            return stay(PairState.held(Drift.UNKNOWN, Reason.ACCESS_DENIED, denied.message()), null);
        }
        if (answer instanceof Resolution.Unavailable unavailable) {
            String message = reference + " cannot be seen: " + unavailable.message() + "; asked again until it can";
            return stay(PairState.held(Drift.UNKNOWN, Reason.BACKOFF, message), now.plus(wait(unavailable)));
        }
        return null;
    }

    private static Duration wait(Resolution.Unavailable unavailable) {
        Duration asked = unavailable.retryAfter();
        return asked == null || asked.compareTo(ASK_AGAIN) < 0 ? ASK_AGAIN : asked;
    }

    private static NextStep drifted(PairStatus before, Drift drift, Observation seen, Circumstances at) {
        if (at.options().suspend()) {
            return stay(PairState.held(drift, Reason.SUSPENDED, "the entry is suspended"), null);
        }
        SourceTag tag = at.tag();
        Instant ripe = tag == null ? at.now() : tag.ripeAt(at.options().minAge());
        if (tag != null && ripe.isAfter(at.now())) {
            return stay(PairState.held(drift, Reason.QUARANTINED, quarantine(tag, ripe)), ripe);
        }
        Retry retry = before.progress().retry();
        Retry.Cause cause = retry.cause();
        if (!at.nudged() && cause != null && isHeldBack(retry, cause, seen, at.now())) {
            return stay(PairState.held(drift, cause.reason(), cause.message()), retry.nextAttemptAt());
        }
        return new NextStep(PairState.held(drift, Reason.ADMISSION, "about to be copied"), true, null);
    }

    private static String quarantine(SourceTag tag, Instant ripe) {
        String message = tag.current() + " may be copied from " + ripe + " on, if the tag keeps it until then";
        return tag.changes() == 0
                ? message
                : message + "; the tag does not rest: it changed " + tag.changes()
                        + " times before a digest was old enough";
    }

    /** True while a failed copy of the same digest is waited out, and nothing changed at the destination. */
    private static boolean isHeldBack(Retry retry, Retry.Cause cause, Observation seen, Instant now) {
        return Objects.equals(seen.sourceDigest(), retry.digest())
                && retry.nextAttemptAt() != null
                && retry.nextAttemptAt().isAfter(now)
                && Objects.equals(cause.destination(), seen.destinationDigest());
    }

    private static NextStep stay(PairState state, @Nullable Instant wakeAt) {
        return new NextStep(state, false, wakeAt);
    }
}
