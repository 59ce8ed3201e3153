package dev.imagemirror.operator.domain.entry;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.image.InvalidReferenceException;
import dev.imagemirror.operator.domain.Excerpt;
import org.jspecify.annotations.Nullable;

/** Parses references as rows write them. */
final class ReferenceText {
    /** Longer than any host, path, tag and digest combined. */
    private static final int MAX_LENGTH = 1_024;

    private ReferenceText() {}

    /** The reference; null if invalid, with a problem reported under {@code attribute}. */
    static @Nullable ImageReference parse(String text, String attribute, AttributeReader row) {
        if (text.length() > MAX_LENGTH) {
            row.fault(
                    attribute,
                    Excerpt.quoted(text) + " is " + text.length()
                            + " characters long; write an image reference such as docker.io/library/golang:1.17");
            return null;
        }
        try {
            return ImageReference.parse(text);
        } catch (InvalidReferenceException e) {
            row.fault(attribute, Excerpt.ofMessage(String.valueOf(e.getMessage()), text));
            return null;
        }
    }
}
