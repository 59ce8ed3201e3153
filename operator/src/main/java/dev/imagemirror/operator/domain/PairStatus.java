package dev.imagemirror.operator.domain;

import dev.imagemirror.image.Digest;
import dev.imagemirror.image.ImageReference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Status of one pair and the work on it; one item of the status table.
 *
 * @param entry key of the pair's entry
 * @param pair the references
 * @param state drift, phase, reason, message
 * @param seen digests of the last observation
 * @param times timestamps
 * @param progress claim, failures, history, ended claims
 * @param version of the item as read; 0 if not in the table yet
 */
public record PairStatus(
        EntryKey entry, Pair pair, PairState state, Seen seen, Times times, Progress progress, long version) {
    /** Maximum number of copies in the history. */
    public static final int MAX_HISTORY = 10;

    /**
     * Digests of the last observation.
     *
     * @param source the source's digest, if known
     * @param destination the destination's digest, if it exists and is known
     */
    public record Seen(@Nullable Digest source, @Nullable Digest destination) {
        /** Nothing yet. */
        public static final Seen NOTHING = new Seen(null, null);

        Seen withSource(Digest digest) {
            return new Seen(digest, destination);
        }

        Seen withDestination(Digest digest) {
            return new Seen(source, digest);
        }
    }

    /**
     * Timestamps; null for never.
     *
     * @param observedAt the last recorded observation
     * @param lastTransitionAt the last change of {@link PairState#word}
     * @param lastSyncedAt the last observed change to in sync
     */
    public record Times(
            @Nullable Instant observedAt,
            @Nullable Instant lastTransitionAt,
            @Nullable Instant lastSyncedAt) {
        /** Nothing yet. */
        public static final Times NEVER = new Times(null, null, null);

        /** A copy with another observation time; null if none was recorded. */
        public Times withObservedAt(@Nullable Instant at) {
            return new Times(at, lastTransitionAt, lastSyncedAt);
        }

        Times withLastTransitionAt(@Nullable Instant at) {
            return new Times(observedAt, at, lastSyncedAt);
        }

        Times withLastSyncedAt(Instant at) {
            return new Times(observedAt, lastTransitionAt, at);
        }
    }

    /**
     * Work on the pair.
     *
     * @param claim the live claim
     * @param retry failures so far
     * @param history finished copies, latest first
     * @param late ended claims whose jobs may still appear, latest first
     */
    public record Progress(@Nullable Claim claim, Retry retry, List<CopyRecord> history, List<EndedClaim> late) {
        /** None yet. */
        public static final Progress NONE = new Progress(null, Retry.NONE, List.of());

        /** Copies and truncates the lists. */
        public Progress {
            history = List.copyOf(history.subList(0, Math.min(history.size(), MAX_HISTORY)));
            late = List.copyOf(late.subList(0, Math.min(late.size(), MAX_HISTORY)));
        }

        /** Progress without ended claims to watch. */
        public Progress(@Nullable Claim claim, Retry retry, List<CopyRecord> history) {
            this(claim, retry, history, List.of());
        }
    }

    /** Status of a pair never observed. */
    public static PairStatus fresh(EntryKey entry, Pair pair) {
        return new PairStatus(entry, pair, PairState.idle(Drift.UNKNOWN), Seen.NOTHING, Times.NEVER, Progress.NONE, 0);
    }

    /** A copy with the references as now spelled in the row. */
    public PairStatus as(Pair spelled) {
        return new PairStatus(entry, spelled, state, seen, times, progress, version);
    }

    /** The destination as spelled in the row, with its tag. */
    public ImageReference destination() {
        return pair.destination();
    }

    /** Identifies the pair within its entry, however the destination is spelled; the item's sort key. */
    public ImageReference identity() {
        return pair.identity();
    }

    /** The live claim, if any. */
    public @Nullable Claim claim() {
        return progress.claim();
    }

    /** The live claim; fails if there is none. */
    public Claim liveClaim() {
        return Objects.requireNonNull(claim(), "the pair has no claim");
    }

    /** True if the item is not in the table yet. */
    public boolean isNew() {
        return version == 0;
    }

    /** This status with other progress. */
    public PairStatus with(Progress newProgress) {
        return new PairStatus(entry, pair, state, seen, times, newProgress, version);
    }

    /** This status with other digests. */
    public PairStatus with(Seen newSeen) {
        return new PairStatus(entry, pair, state, newSeen, times, progress, version);
    }

    /** This status with other timestamps. */
    public PairStatus with(Times newTimes) {
        return new PairStatus(entry, pair, state, seen, newTimes, progress, version);
    }

    /** This status with other failures. */
    public PairStatus with(Retry newRetry) {
        return with(new Progress(progress.claim(), newRetry, progress.history(), progress.late()));
    }

    /** This status with another claim, or none. */
    public PairStatus withClaim(@Nullable Claim claim) {
        return with(new Progress(claim, progress.retry(), progress.history(), progress.late()));
    }

    /** A copy without its claim, which has ended; a claim that was taken over stays watched for a while. */
    public PairStatus released(Retry retry, List<CopyRecord> history, Instant now) {
        List<EndedClaim> late = new ArrayList<>(progress.late());
        if (liveClaim().epoch() > 1) {
            late.add(0, EndedClaim.of(liveClaim(), now));
        }
        return with(new Progress(null, retry, history, late));
    }

    /** Ended claims whose jobs may still appear after {@code now}. */
    public List<EndedClaim> late(Instant now) {
        return progress.late().stream()
                .filter(ended -> ended.watchedUntil().isAfter(now))
                .toList();
    }

    /** A copy without ended claims that no longer need watching. */
    public PairStatus watchedOnly(Instant now) {
        return with(new Progress(progress.claim(), progress.retry(), progress.history(), late(now)));
    }

    /** A copy in another state; a change of its word counts as a transition at {@code now}. */
    public PairStatus in(PairState newState, Seen newSeen, Instant now) {
        boolean moved = times.lastTransitionAt() == null || newState.syncState() != state.syncState();
        boolean synced = newState.drift() == Drift.IN_SYNC
                && (state.drift() != Drift.IN_SYNC || !newSeen.equals(seen) || times.lastSyncedAt() == null);
        Times observed = times.withObservedAt(now);
        Times changed = moved ? observed.withLastTransitionAt(now) : observed;
        Times newTimes = synced ? changed.withLastSyncedAt(now) : changed;
        return new PairStatus(entry, pair, newState, newSeen, newTimes, progress, version);
    }

    /** A copy in another state, without a new observation. */
    public PairStatus unseenIn(PairState newState, Instant now) {
        PairStatus moved = in(newState, seen, now);
        return moved.with(times.withLastTransitionAt(moved.times.lastTransitionAt()));
    }

    /** A copy with another item version. */
    public PairStatus at(long newVersion) {
        return new PairStatus(entry, pair, state, seen, times, progress, newVersion);
    }

    /** Equality ignoring observation time and version. */
    public boolean saysTheSameAs(PairStatus other) {
        return pair.equals(other.pair)
                && state.equals(other.state)
                && seen.equals(other.seen)
                && progress.equals(other.progress)
                && Objects.equals(times.lastTransitionAt(), other.times.lastTransitionAt())
                && Objects.equals(times.lastSyncedAt(), other.times.lastSyncedAt());
    }
}
