package dev.imagemirror.operator.testing;

import dev.imagemirror.image.Digest;
import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.Claim;
import dev.imagemirror.operator.domain.CopyJobSpec;
import dev.imagemirror.operator.domain.CopyRecord;
import dev.imagemirror.operator.domain.Drift;
import dev.imagemirror.operator.domain.EndedClaim;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.EntryStatus;
import dev.imagemirror.operator.domain.Pair;
import dev.imagemirror.operator.domain.PairState;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.domain.Reason;
import dev.imagemirror.operator.domain.Retry;
import dev.imagemirror.operator.domain.SourceTag;
import dev.imagemirror.operator.domain.StateCounts;
import dev.imagemirror.operator.domain.SyncState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Values with every field set, or with none that can be absent. */
public final class TestingValues {
    /** An instant with nanoseconds. */
    public static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123456789Z");

    private TestingValues() {}

    /** A digest that is another for another text. */
    public static Digest digest(String text) {
        return Digest.sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A pair never looked at. */
    public static PairStatus fresh(String key, String destination) {
        EntryKey entry = new EntryKey(key);
        ImageReference source = ImageReference.parse(entry.reference()).withDefaultTag();
        return PairStatus.fresh(entry, new Pair(source, ImageReference.parse(destination)));
    }

    /** A claim whose job's id is known. */
    public static Claim claim(String id) {
        CopyJobSpec job = new CopyJobSpec(
                "queue",
                "definition:7",
                Map.of(CopyJobSpec.SOURCE, "a/b:1@" + digest("new"), CopyJobSpec.DESTINATIONS, "c/d:1,e/f:1"),
                Map.of("MIRROR_REFERRERS", "true", "EMPTY", ""),
                3600);
        return new Claim(id, "operator-1", 3, NOON, digest("new"), job, "job-of-" + id);
    }

    /** A pair with every field set. */
    public static PairStatus full(String key, String destination) {
        PairStatus fresh = fresh(key, destination);
        List<CopyRecord> history = List.of(
                new CopyRecord(digest("new"), NOON, "job-2", "failed: Denied", 0, Duration.ZERO),
                new CopyRecord(
                        digest("old"),
                        NOON.minusSeconds(60),
                        "job-1",
                        "copied",
                        123_456_789_012L,
                        Duration.ofMillis(61_500)));
        return new PairStatus(
                fresh.entry(),
                fresh.pair(),
                PairState.held(Drift.STALE, Reason.BACKOFF, "next attempt at 12:30"),
                new PairStatus.Seen(digest("new"), digest("old")),
                new PairStatus.Times(NOON, NOON.minusSeconds(1), NOON.minusSeconds(2)),
                new PairStatus.Progress(
                        claim("c0ffee"),
                        new Retry(
                                digest("new"),
                                4,
                                2,
                                NOON.plusSeconds(1800),
                                new Retry.Cause(Reason.DIVERGING, "odd", digest("old"))),
                        history,
                        List.of(new EndedClaim("mirror-late", "queue-1", NOON.plusSeconds(60)))),
                0);
    }

    /** A summary with every field set. */
    public static EntryStatus fullEntry(String key) {
        EntryStatus.Summary summary = new EntryStatus.Summary(
                new EntryStatus.RowSeen("r1", "f1", List.of("odd")),
                true,
                new StateCounts(Map.of(SyncState.IN_SYNC, 3, SyncState.STALE, 1)),
                List.of("Destination: none", "Tags: odd"),
                "cannot list");
        Map<String, SourceTag> tags = Map.of(
                "1.2",
                new SourceTag(digest("new"), NOON, 2, List.of(digest("old"), digest("older"))),
                "1.3",
                SourceTag.first(digest("first"), NOON));
        return new EntryStatus(new EntryKey(key), summary, tags, NOON, 0);
    }
}
