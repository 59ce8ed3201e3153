package dev.imagemirror.operator.domain;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Texts of others (registries, jobs, rows) as a status keeps them: short enough for an item of 400 KB, and without the
 * halves of characters that no store takes. Doing it twice changes nothing.
 */
final class StoredText {
    static final int MAX_LENGTH = 2000;
    private static final int MAX_LINES = 20;

    private StoredText() {}

    /** The text; empty if it is null. */
    static String of(@Nullable String text) {
        if (text == null) {
            return "";
        }
        String cut = text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH - 1) + "…";
        return cut.codePoints().anyMatch(StoredText::isHalf) ? whole(cut) : cut;
    }

    /** The text, unless it is empty. */
    static @Nullable String orNull(@Nullable String text) {
        return text == null || text.isEmpty() ? null : of(text);
    }

    /** The lines; the last one says so if there are too many of them. */
    static List<String> lines(Collection<String> lines) {
        Stream<String> stored = lines.stream().map(StoredText::of);
        return lines.size() <= MAX_LINES
                ? stored.toList()
                : Stream.concat(
                                stored.limit(MAX_LINES - 1L),
                                Stream.of("and " + (lines.size() - MAX_LINES + 1) + " more like these"))
                        .toList();
    }

    private static boolean isHalf(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    private static String whole(String text) {
        StringBuilder whole = new StringBuilder(text.length());
        text.codePoints().forEach(point -> whole.appendCodePoint(isHalf(point) ? 0xFFFD : point));
        return whole.toString();
    }
}
