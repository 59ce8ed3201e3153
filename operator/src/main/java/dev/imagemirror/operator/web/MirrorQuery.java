package dev.imagemirror.operator.web;

import dev.imagemirror.operator.domain.SyncState;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Query parameters of {@code /api/v1/mirrors}.
 *
 * @param state entries with a pair in this state, or entries in sync; null for all
 * @param text lower-case words that must all occur
 * @param sort sort key
 * @param isReversed reverse the order
 * @param offset number of entries to skip
 * @param limit maximum number of entries
 */
record MirrorQuery(@Nullable SyncState state, List<String> text, Sort sort, boolean isReversed, int offset, int limit) {
    static final int MAX_LIMIT = 500;
    private static final int STANDARD_LIMIT = 100;
    private static final int MAX_OFFSET = 10_000_000;
    private static final int MAX_TEXT = 512;
    private static final List<String> PARAMETERS = List.of("state", "text", "sort", "offset", "limit");

    /** Sort keys. */
    enum Sort {
        STATE,
        SOURCE,
        DRIFT,
        SEEN,
        PAIRS
    }

    /** @throws WebException naming the invalid parameter */
    static MirrorQuery of(Map<String, List<String>> parameters) {
        new TreeMap<>(parameters).forEach((name, values) -> {
            if (!PARAMETERS.contains(name)) {
                throw WebException.badParameter(name, "unknown; expected one of " + String.join(", ", PARAMETERS));
            }
            if (values.size() > 1) {
                throw WebException.badParameter(name, "given more than once");
            }
        });
        String sort = value(parameters, "sort", "state");
        boolean isReversed = sort.startsWith("-");
        return new MirrorQuery(
                state(value(parameters, "state", "")),
                words(value(parameters, "text", "")),
                sort(isReversed ? sort.substring(1) : sort),
                isReversed,
                number("offset", value(parameters, "offset", "0"), 0, MAX_OFFSET),
                number("limit", value(parameters, "limit", String.valueOf(STANDARD_LIMIT)), 1, MAX_LIMIT));
    }

    private static String value(Map<String, List<String>> parameters, String name, String otherwise) {
        List<String> values = parameters.getOrDefault(name, List.of());
        return values.isEmpty() || values.get(0).isEmpty() ? otherwise : values.get(0);
    }

    private static @Nullable SyncState state(String text) {
        if (text.isEmpty()) {
            return null;
        }
        SyncState state = SyncState.of(text);
        if (state == null) {
            throw WebException.badParameter("state", "invalid; expected one of " + SyncState.words());
        }
        return state;
    }

    private static List<String> words(String text) {
        if (text.length() > MAX_TEXT) {
            throw WebException.badParameter("text", "longer than " + MAX_TEXT + " characters");
        }
        return List.of(text.toLowerCase(Locale.ROOT).trim().split("\\s+"));
    }

    private static Sort sort(String text) {
        for (Sort sort : Sort.values()) {
            if (sort.name().toLowerCase(Locale.ROOT).equals(text)) {
                return sort;
            }
        }
        throw WebException.badParameter(
                "sort", "expected state, source, drift, seen or pairs, prefixed with - to reverse the order");
    }

    private static int number(String name, String text, int least, int most) {
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // reported below
        }
        throw WebException.badParameter(name, "write a number from " + least + " to " + most);
    }
}
