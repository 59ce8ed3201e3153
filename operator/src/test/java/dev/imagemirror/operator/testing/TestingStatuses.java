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
import dev.imagemirror.operator.domain.Phase;
import dev.imagemirror.operator.domain.Reason;
import dev.imagemirror.operator.domain.Retry;
import dev.imagemirror.operator.domain.SourceTag;
import dev.imagemirror.operator.domain.StateCounts;
import dev.imagemirror.operator.domain.SyncState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Statuses of every shape that the domain allows, with texts of others as bad as they come. Repeatable by its seed. */
public final class TestingStatuses {
    private static final int MOST_TAGS = 800;
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "plain",
            "\ud800",
            "\udc00x",
            "a\u0000b\u001b[2J\n",
            "\u202e\u2028\ufeff",
            "😀".repeat(1500),
            "x".repeat(1999) + "😀",
            "#entry",
            "x".repeat(500_000));

    private final Random random;

    public TestingStatuses(Random random) {
        this.random = random;
    }

    /** Any pair of the entry. */
    public PairStatus pair(String key) {
        ImageReference source =
                ImageReference.parse(one("golang:1", "a.example/b@" + digest(), "a.example/b:1@" + digest()));
        String host =
                one("x.example", "[::1]:5000", "123456789012.dkr.ecr-fips.us-east-1.amazonaws.com", "localhost:1");
        ImageReference destination = ImageReference.parse(host + "/y:" + one("1", "_", "A.-_", "t".repeat(128)));
        return new PairStatus(
                new EntryKey(key),
                new Pair(source, destination),
                state(),
                new PairStatus.Seen(maybe(this::digest), maybe(this::digest)),
                new PairStatus.Times(maybe(this::instant), maybe(this::instant), maybe(this::instant)),
                new PairStatus.Progress(maybe(this::claim), retry(), some(12, this::copy), some(12, this::ended)),
                0);
    }

    /** Any summary of the entry. */
    public EntryStatus summary(String key) {
        Map<String, SourceTag> tags = new TreeMap<>();
        some(5, () -> one("1", "_", "null", "t".repeat(128))).forEach(tag -> tags.put(tag, tag()));
        EntryStatus.Summary summary = new EntryStatus.Summary(
                new EntryStatus.RowSeen(maybe(this::text), maybe(this::text), some(3, this::text)),
                random.nextBoolean(),
                random.nextBoolean()
                        ? StateCounts.NONE
                        : new StateCounts(Map.of(SyncState.BLOCKED, 0, SyncState.IN_SYNC, 10_000)),
                some(40, this::text),
                text());
        return new EntryStatus(new EntryKey(key), summary, tags, maybe(this::instant), 0);
    }

    /** A pair whose every list is as long as can be, of the longest texts. */
    public PairStatus largestPair(String key) {
        String longest = "\uffff".repeat(5000);
        PairStatus pair = pair(key);
        CopyRecord copy = new CopyRecord(digest(), instant(), longest, longest, Long.MAX_VALUE, Duration.ofNanos(1));
        Retry.Cause cause = new Retry.Cause(Reason.BACKOFF, longest, digest());
        return new PairStatus(
                pair.entry(),
                pair.pair(),
                PairState.held(Drift.STALE, Reason.BACKOFF, longest),
                pair.seen(),
                pair.times(),
                new PairStatus.Progress(
                        claim(),
                        new Retry(digest(), 1, 1, instant(), cause),
                        Stream.generate(() -> copy).limit(10).toList(),
                        Stream.generate(this::ended).limit(10).toList()),
                0);
    }

    /** A summary with as many of the longest tags as a minimum age allows. */
    public EntryStatus largestSummary(String key, String algorithm) {
        Map<String, SourceTag> tags = new TreeMap<>();
        Digest digest = new Digest(algorithm, "a".repeat(algorithm.equals("sha256") ? 64 : 128));
        IntStream.range(0, MOST_TAGS)
                .forEach(i -> tags.put(
                        "t".repeat(125) + i,
                        new SourceTag(digest, TestingValues.NOON, 1000, List.of(digest, digest, digest))));
        EntryStatus.Summary summary = new EntryStatus.Summary(
                new EntryStatus.RowSeen("r".repeat(300_000), "f", List.of()),
                true,
                StateCounts.NONE,
                List.of(),
                "m".repeat(300_000));
        return new EntryStatus(new EntryKey(key), summary, tags, TestingValues.NOON, 0);
    }

    private PairState state() {
        Reason reason = one(Reason.values());
        Phase free = one(Phase.IDLE, Phase.COPYING);
        Drift drift = one(Drift.values());
        return random.nextBoolean() ? PairState.held(drift, reason, text()) : new PairState(drift, free, null, text());
    }

    private Claim claim() {
        CopyJobSpec job = new CopyJobSpec(
                "queue",
                "definition:1",
                Map.of(CopyJobSpec.SOURCE, "a/b:1", CopyJobSpec.DESTINATIONS, ""),
                Map.of("EMPTY", ""),
                60 + random.nextInt(1_000_000));
        return new Claim(
                "c" + random.nextInt(), "one", random.nextInt(10), instant(), digest(), job, one("job", "", null));
    }

    private Retry retry() {
        Retry.Cause cause =
                new Retry.Cause(one(Reason.values()), random.nextInt(9) == 0 ? null : text(), maybe(this::digest));
        return new Retry(
                maybe(this::digest), random.nextInt(100), random.nextInt(4), maybe(this::instant), maybe(() -> cause));
    }

    private CopyRecord copy() {
        return new CopyRecord(
                maybe(this::digest),
                maybe(this::instant),
                maybe(this::text),
                maybe(this::text),
                random.nextLong(),
                one(Duration.ZERO, Duration.ofNanos(-1), Duration.ofSeconds(Long.MAX_VALUE), Duration.ofMillis(7)));
    }

    private EndedClaim ended() {
        return new EndedClaim("mirror-" + random.nextInt(), "queue", instant());
    }

    private SourceTag tag() {
        return new SourceTag(maybe(this::digest), instant(), random.nextInt(5), some(4, this::digest));
    }

    private Digest digest() {
        return one(TestingValues.digest("a"), TestingValues.digest("b"), new Digest("sha512", "c".repeat(128)));
    }

    private Instant instant() {
        return one(Instant.EPOCH, TestingValues.NOON, Instant.parse("9999-12-31T23:59:59Z"), Instant.ofEpochSecond(-1));
    }

    private String text() {
        return one(TEXTS.toArray(String[]::new));
    }

    private <T> T maybe(Supplier<T> value) {
        return random.nextInt(4) == 0 ? null : value.get();
    }

    private <T> List<T> some(int most, Supplier<T> value) {
        return Stream.generate(value).limit(random.nextInt(most + 1)).toList();
    }

    @SafeVarargs
    private <T> T one(T... values) {
        return values[random.nextInt(values.length)];
    }
}
