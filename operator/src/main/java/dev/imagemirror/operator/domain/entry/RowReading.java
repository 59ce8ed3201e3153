package dev.imagemirror.operator.domain.entry;

import dev.imagemirror.image.ImageReference;
import org.jspecify.annotations.Nullable;

/**
 * A row while it is read.
 *
 * @param attributes its attributes, and the problems that they have
 * @param source its source; null if that could not be read
 */
record RowReading(AttributeReader attributes, @Nullable ImageReference source) {
    /** Whether the row names many tags, so that neither its source nor its destinations have one. */
    boolean selectsTags() {
        return selectsTags(attributes);
    }

    static boolean selectsTags(AttributeReader attributes) {
        return attributes.value(RowAttributes.TAGS.name()) != null;
    }
}
