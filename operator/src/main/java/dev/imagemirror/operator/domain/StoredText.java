package dev.imagemirror.operator.domain;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Foreign texts (from registries, jobs, rows) as stored in a status: short enough for a 400 KB item, and without
 * unpaired surrogates, which no store accepts. Idempotent.
 */
final class StoredText {
    static final int MAX_LENGTH = 2000;
    private static final int MAX_LINES = 20;

    private StoredText() {}

    /** The text; empty if null. */
    static String of(@Nullable String text) {
        if (text == null) {
            return "";
        }
        String cut = text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH - 1) + "…";
        return cut.codePoints().anyMatch(StoredText::isHalf) ? whole(cut) : cut;
    }

    /** The text; null if empty. */
    static @Nullable String orNull(@Nullable String text) {
        return text == null || text.isEmpty() ? null : of(text);
    }

    /** The lines; if there are too many, the last one says so. */
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
