package dev.imagemirror.operator.dynamodb.item;

import dev.imagemirror.image.Digest;
import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.Pair;
import dev.imagemirror.operator.domain.PairColumn;
import dev.imagemirror.operator.domain.PairColumns;
import dev.imagemirror.operator.domain.PairState;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.domain.PairStatus.Progress;
import dev.imagemirror.operator.domain.PairStatus.Seen;
import dev.imagemirror.operator.domain.PairStatus.Times;
import dev.imagemirror.operator.domain.Retry;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Maps a pair's status to and from its item. */
public final class PairStatusMapper {
    private static final String HISTORY = "History";
    public static final String LATE = "EndedClaims";

    /** Attributes that a write sets or removes; key, version, schema and claim are up to the table. */
    public static final List<String> ATTRIBUTES = Stream.of(
                    PairReferences.ATTRIBUTES,
                    PairStateMapper.ATTRIBUTES,
                    PairColumns.ALL.stream().map(column -> column.name()).toList(),
                    List.of(HISTORY, LATE))
            .flatMap(List::stream)
            .toList();

    private PairStatusMapper() {}

    /** The {@link #ATTRIBUTES} to set. */
    public static Map<String, AttributeValue> attributes(PairStatus status) {
        ItemWriter item = new ItemWriter();
        PairReferences.write(status, item);
        PairStateMapper.write(status.state(), status.progress().retry().cause(), item);
        PairColumn.Sink columns = new Columns(item);
        PairColumns.ALL.forEach(column -> column.write(status, columns));
        return item.maps(HISTORY, status.progress().history(), CopyRecordMapper::fields)
                .maps(LATE, status.progress().late(), EndedClaimMapper::fields)
                .item();
    }

    private record Columns(ItemWriter item) implements PairColumn.Sink {
        @Override
        public void digest(String name, @Nullable Digest value) {
            item.text(name, value);
        }

        @Override
        public void instant(String name, @Nullable Instant value) {
            item.instant(name, value);
        }

        @Override
        public void count(String name, int value) {
            item.number(name, value);
        }
    }

    /**
     * Result of reading an item.
     *
     * @param pair null if unreadable
     * @param fault why it must not be processed, if so
     * @param removable true if it is unreadable and holds nothing worth keeping
     * @param oddities malformed attributes treated as absent
     */
    record Reading(@Nullable PairStatus pair, @Nullable String fault, boolean removable, List<String> oddities) {}

    /** The pair, as far as it is readable. Unreadable attributes are rewritten, except those that claims depend on. */
    static Reading read(Map<String, AttributeValue> item) {
        ItemReader fields = ItemReader.of(item);
        ImageReference destination = PairReferences.destination(fields, item);
        String fault = ItemReader.isNewer(item) ? StatusItem.newer("", item) : StatusItem.fault(item);
        boolean holdsClaim = item.containsKey(StatusItem.CLAIM) || item.containsKey(LATE);
        boolean removable = !ItemReader.isNewer(item) && !holdsClaim;
        if (destination == null || (fault != null && removable)) {
            String why = fault != null
                    ? fault
                    : "its key is not a destination with a tag; delete it if none of its jobs is running";
            return new Reading(null, why, removable, List.of());
        }
        ItemReader claims = ItemReader.of(claims(item));
        Progress progress = progress(fields, claims);
        if (fault == null && !claims.faults().isEmpty()) {
            fault = "its claim cannot be read: " + claims.faults().get(0)
                    + "; correct it, or delete the item if none of its jobs is running";
        }
        PairStatus pair = new PairStatus(
                StatusItem.entryOf(item),
                new Pair(PairReferences.source(fields, progress.claim(), destination), destination),
                fault == null ? PairStateMapper.state(fields) : PairState.refused(fault),
                Seen.NOTHING,
                Times.NEVER,
                progress,
                StatusItem.version(fields));
        for (PairColumn<?> column : PairColumns.ALL) {
            pair = column.read(fields, pair);
        }
        List<String> oddities = fault == null ? fields.faults() : List.of();
        return new Reading(oddities.isEmpty() ? pair : old(pair), fault, false, oddities);
    }

    /** Without an observation time, the next pass rewrites it. */
    private static PairStatus old(PairStatus pair) {
        return pair.with(pair.times().withObservedAt(null));
    }

    /** Attributes that must not count as absent: a forgotten job could run twice, or again and again. */
    private static Map<String, AttributeValue> claims(Map<String, AttributeValue> item) {
        Map<String, AttributeValue> claims = new HashMap<>(item);
        claims.keySet().retainAll(List.of(StatusItem.CLAIM, LATE));
        return claims;
    }

    /** Attributes without a column. */
    private static Progress progress(ItemReader fields, ItemReader claims) {
        return new Progress(
                claims.map(StatusItem.CLAIM, ClaimMapper::claim),
                Retry.NONE.with(PairStateMapper.cause(fields)),
                fields.maps(HISTORY, CopyRecordMapper::copy),
                claims.maps(LATE, EndedClaimMapper::ended));
    }
}
