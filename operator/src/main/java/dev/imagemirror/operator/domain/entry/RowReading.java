package dev.imagemirror.operator.domain.entry;

import dev.imagemirror.image.ImageReference;
import org.jspecify.annotations.Nullable;

/**
 * A row being parsed.
 *
 * @param attributes reader of its attributes, which collects their problems
 * @param source its source; null if invalid
 */
record RowReading(AttributeReader attributes, @Nullable ImageReference source) {
    /** True if the row selects tags, so that neither its source nor its destinations have one. */
    boolean selectsTags() {
        return selectsTags(attributes);
    }

    static boolean selectsTags(AttributeReader attributes) {
        return attributes.value(RowAttributes.TAGS.name()) != null;
    }
}
