package dev.imagemirror.operator.domain;

import dev.imagemirror.image.Digest;
import java.time.Instant;
import java.util.List;

/**
 * The plain attributes of a pair's item, declared once for the status table, the API (hence the dashboard) and
 * {@code explain}.
 */
public final class PairColumns {
    public static final PairColumn<Digest> SOURCE_DIGEST = new PairColumn<>(
            "SourceDigest",
            "",
            PairColumn.Type.DIGEST,
            pair -> pair.seen().source(),
            (pair, digest) -> pair.with(pair.seen().withSource(digest)));

    public static final PairColumn<Digest> DESTINATION_DIGEST = new PairColumn<>(
            "DestinationDigest",
            "",
            PairColumn.Type.DIGEST,
            pair -> pair.seen().destination(),
            (pair, digest) -> pair.with(pair.seen().withDestination(digest)));

    public static final PairColumn<Instant> OBSERVED_AT = new PairColumn<>(
            "ObservedAt",
            "recorded",
            PairColumn.Type.INSTANT,
            pair -> pair.times().observedAt(),
            (pair, at) -> pair.with(pair.times().withObservedAt(at)));

    public static final PairColumn<Instant> LAST_TRANSITION_AT = new PairColumn<>(
            "LastTransitionAt",
            "",
            PairColumn.Type.INSTANT,
            pair -> pair.times().lastTransitionAt(),
            (pair, at) -> pair.with(pair.times().withLastTransitionAt(at)));

    public static final PairColumn<Instant> LAST_SYNCED_AT = new PairColumn<>(
            "LastSyncedAt",
            "last in sync",
            PairColumn.Type.INSTANT,
            pair -> pair.times().lastSyncedAt(),
            (pair, at) -> pair.with(pair.times().withLastSyncedAt(at)));

    public static final PairColumn<Integer> ATTEMPTS = new PairColumn<>(
            "Attempts",
            "",
            PairColumn.Type.COUNT,
            pair -> pair.progress().retry().attempts(),
            (pair, count) -> pair.with(pair.progress().retry().withAttempts(count)));

    public static final PairColumn<Integer> DIVERGENCES = new PairColumn<>(
            "Divergences",
            "",
            PairColumn.Type.COUNT,
            pair -> pair.progress().retry().divergences(),
            (pair, count) -> pair.with(pair.progress().retry().withDivergences(count)));

    public static final PairColumn<Digest> RETRY_DIGEST = new PairColumn<>(
            "RetryDigest",
            "",
            PairColumn.Type.DIGEST,
            pair -> pair.progress().retry().digest(),
            (pair, digest) -> pair.with(pair.progress().retry().withDigest(digest)));

    public static final PairColumn<Instant> NEXT_ATTEMPT_AT = new PairColumn<>(
            "NextAttemptAt",
            "",
            PairColumn.Type.INSTANT,
            pair -> pair.progress().retry().nextAttemptAt(),
            (pair, at) -> pair.with(pair.progress().retry().withNextAttemptAt(at)));

    /** All columns, in API order. */
    public static final List<PairColumn<?>> ALL = List.of(
            SOURCE_DIGEST,
            DESTINATION_DIGEST,
            OBSERVED_AT,
            LAST_TRANSITION_AT,
            LAST_SYNCED_AT,
            ATTEMPTS,
            DIVERGENCES,
            RETRY_DIGEST,
            NEXT_ATTEMPT_AT);

    private PairColumns() {}
}
