package dev.imagemirror.operator.domain.entry;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.Excerpt;
import dev.imagemirror.operator.domain.MirrorRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Understands rows of the mirror table. Never throws for what a row holds. Pure, thread-safe. */
public final class EntryParser {
    private static final String SOURCE = "Source";
    private static final Duration MIN_INTERVAL = Duration.ofSeconds(10);
    private static final Duration MAX_INTERVAL = Duration.ofDays(7);
    private static final Duration MAX_MIN_AGE = Duration.ofDays(365);
    /** The last second of the year 9999; milliseconds of our time are far beyond. */
    private static final long MAX_EPOCH_SECOND = 253_402_300_799L;

    private static final int MAX_OWNER = 512;

    private final EntryKey key;
    private final List<Problem> problems = new ArrayList<>();
    private final AttributeReader row;

    private EntryParser(MirrorRow row) {
        this.key = row.key();
        this.row = new AttributeReader(row.attributes(), "", problems);
    }

    /** The entry, or everything that is wrong with the row. */
    public static ParsedEntry parse(MirrorRow row) {
        return new EntryParser(row).parse();
    }

    private ParsedEntry parse() {
        boolean selectsTags = row.value(MirrorRow.TAGS) != null;
        ImageReference source = source(selectsTags);
        List<ImageReference> destinations = new DestinationReader(row).read(source, selectsTags);
        TagSelection tags = new TagSelectionReader(row, problems).read();
        EntryOptions options = options();
        Ownership ownership = new Ownership(
                row.text(MirrorRow.MANAGED_BY, MAX_OWNER, "cluster/namespace/name or file/name"),
                row.text(MirrorRow.REVISION, MAX_OWNER, "the hash of the declared spec"));
        return source != null && problems.isEmpty()
                ? new ParsedEntry.Valid(new MirrorEntry(key, source, destinations, tags, options, ownership))
                : new ParsedEntry.Invalid(problems);
    }

    private @Nullable ImageReference source(boolean selectsTags) {
        if ("".equals(key.owner())) {
            row.fault(SOURCE, "has no owner after '#'; add one, or remove the '#'");
        }
        ImageReference source = ReferenceText.parse(key.reference(), SOURCE, row);
        if (source == null || !selectsTags) {
            return source == null ? null : source.withDefaultTag();
        }
        if (source.wireReference() != null) {
            row.fault(
                    SOURCE,
                    Excerpt.quoted(key.reference()) + " has a " + (source.tag() == null ? "digest" : "tag")
                            + ", but Tags selects many tags; write " + source.name() + ", or remove Tags");
        }
        return source.withTag(null);
    }

    private EntryOptions options() {
        Duration interval = row.duration(MirrorRow.INTERVAL, MIN_INTERVAL, MAX_INTERVAL, "15m");
        Duration minAge = row.duration(MirrorRow.MIN_AGE, Duration.ZERO, MAX_MIN_AGE, "24h");
        Long expires = row.wholeNumber(
                MirrorRow.EXPIRES,
                0,
                MAX_EPOCH_SECOND,
                "a whole number (N) of seconds since 1970 (not milliseconds), such as 1893456000");
        return new EntryOptions(
                interval,
                minAge == null ? Duration.ZERO : minAge,
                row.flag(MirrorRow.SUSPEND),
                row.flag(MirrorRow.REFERRERS),
                expires == null ? null : Instant.ofEpochSecond(expires));
    }
}
