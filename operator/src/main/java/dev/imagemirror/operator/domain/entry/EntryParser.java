package dev.imagemirror.operator.domain.entry;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.Excerpt;
import dev.imagemirror.operator.domain.MirrorRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Parses rows of the mirror table. Never throws, whatever the row contains. Pure, thread-safe. */
public final class EntryParser {
    private static final String SOURCE = "Source";

    private final EntryKey key;
    private final List<Problem> problems = new ArrayList<>();
    private final AttributeReader row;

    private EntryParser(MirrorRow row) {
        this.key = row.key();
        this.row = new AttributeReader(row.attributes(), "", problems);
    }

    /** The entry, or every problem with the row. */
    public static ParsedEntry parse(MirrorRow row) {
        return new EntryParser(row).parse();
    }

    private ParsedEntry parse() {
        ImageReference source = source(RowReading.selectsTags(row));
        RowReading reading = new RowReading(row, source);
        Map<RowAttribute<?>, Object> values = new HashMap<>();
        for (RowAttribute<?> attribute : RowAttributes.ALL) {
            Object value = attribute.parse(reading);
            if (value != null) {
                values.put(attribute, value);
            }
        }
        return source != null && problems.isEmpty()
                ? new ParsedEntry.Valid(new MirrorEntry(key, source, new EntryOptions(values)))
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
}
