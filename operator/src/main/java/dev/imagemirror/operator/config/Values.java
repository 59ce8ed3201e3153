package dev.imagemirror.operator.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.imagemirror.text.Span;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Parsers for values. Each throws an {@link IllegalArgumentException} if the text is invalid. */
final class Values {
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,9})(KiB|MiB|GiB)");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern HOST_NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?");
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    private static final Duration LONGEST = Duration.ofDays(365);

    private Values() {}

    static Function<String, Duration> durationFrom(Duration least) {
        return text -> {
            Duration duration = Span.parse(text);
            if (duration.compareTo(least) < 0 || duration.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("out of range");
            }
            return duration;
        };
    }

    /** Bytes. */
    static long size(String text) {
        Matcher matcher = SIZE.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("no size");
        }
        long unit = switch (matcher.group(2)) {
            case "KiB" -> 1L << 10;
            case "MiB" -> 1L << 20;
            default -> 1L << 30;
        };
        long count = Long.parseLong(matcher.group(1));
        if (count == 0) {
            throw new IllegalArgumentException("nothing");
        }
        return count * unit;
    }

    static Function<String, Integer> number(int least, int most) {
        return text -> {
            int number = Integer.parseInt(text);
            if (number < least || number > most) {
                throw new IllegalArgumentException("out of range");
            }
            return number;
        };
    }

    static boolean flag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("neither true nor false");
        };
    }

    static String name(String text) {
        if (text.isBlank() || text.contains(",") || text.length() > 2048 || !text.equals(text.trim())) {
            throw new IllegalArgumentException("no name");
        }
        return text;
    }

    /** An empty text means none. */
    static String optional(String text) {
        return text.isEmpty() ? text : name(text);
    }

    /** An empty text means none. */
    static String optionalJson(String text) {
        try {
            if (!text.isEmpty() && !JSON.readTree(text).isObject()) {
                throw new IllegalArgumentException("no object");
            }
            return text;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no JSON", e);
        }
    }

    /** A list whose items match this pattern. */
    static Function<String, List<String>> listOf(String pattern) {
        return text -> {
            List<String> entries = list(text);
            if (!entries.stream().allMatch(entry -> entry.matches(pattern))) {
                throw new IllegalArgumentException("not of this form");
            }
            return entries;
        };
    }

    /** An empty text means none. */
    static String optionalUrl(String text) {
        if (!text.isEmpty() && !text.matches("https?://[^\\s,]+")) {
            throw new IllegalArgumentException("no URL");
        }
        return text;
    }

    static <E extends Enum<E>> Function<String, E> choice(Class<E> type) {
        return text -> Enum.valueOf(type, text.toUpperCase(java.util.Locale.ROOT));
    }

    static List<String> list(String text) {
        return Stream.of(text.split(","))
                .map(String::trim)
                .filter(entry -> !entry.isEmpty())
                .toList();
    }

    /** A DNS label, such as a namespace, or empty. */
    static String label(String text) {
        if (!text.isEmpty() && !LABEL.matcher(text).matches()) {
            throw new IllegalArgumentException("no name");
        }
        return text;
    }

    static List<String> hostNames(String text) {
        List<String> names = list(text);
        if (!names.stream().allMatch(HOST_NAME.asMatchPredicate())) {
            throw new IllegalArgumentException("no host name");
        }
        return names;
    }

    static List<String> namespaces(String text) {
        return list(text).stream().map(Values::label).toList();
    }

    static List<NamespaceLimit> limits(String text) {
        return list(text).stream().map(NamespaceLimit::parse).toList();
    }
}
