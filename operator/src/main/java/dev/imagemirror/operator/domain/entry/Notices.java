package dev.imagemirror.operator.domain.entry;

import dev.imagemirror.operator.domain.Excerpt;
import dev.imagemirror.operator.domain.MirrorRow;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** Notices about a valid row: unknown, possibly misspelled attributes. */
public final class Notices {
    private static final int MAX_NAMES = 10;
    private static final int MAX_DISTANCE = 2;

    private Notices() {}

    /** One notice for each unknown attribute, up to a limit. */
    public static List<String> of(MirrorRow row) {
        return new TreeSet<>(row.ignored())
                .stream().limit(MAX_NAMES).map(Notices::notice).toList();
    }

    private static String notice(String name) {
        String meant = RowAttributes.NAMES.stream()
                .filter(known ->
                        distance(known.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT)) <= MAX_DISTANCE)
                .findFirst()
                .orElse(null);
        return "attribute " + Excerpt.quoted(name) + " is unknown and ignored"
                + (meant == null ? "" : "; did you mean " + meant + "?");
    }

    /** Edit distance; any value above the limit if the lengths differ too much. */
    private static int distance(String one, String other) {
        if (Math.abs(one.length() - other.length()) > MAX_DISTANCE) {
            return MAX_DISTANCE + 1;
        }
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int change = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[other.length()];
    }
}
