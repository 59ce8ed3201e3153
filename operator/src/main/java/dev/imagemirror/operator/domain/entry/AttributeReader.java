package dev.imagemirror.operator.domain.entry;

import dev.imagemirror.operator.domain.Excerpt;
import dev.imagemirror.text.Span;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the attributes of a row, or of a map in it, by type; an invalid value is reported as a problem and treated as
 * absent.
 */
final class AttributeReader {
    private final Map<String, ?> attributes;
    private final String prefix;
    private final List<Problem> problems;

    AttributeReader(Map<String, ?> attributes, String prefix, List<Problem> problems) {
        this.attributes = attributes;
        this.prefix = prefix;
        this.problems = problems;
    }

    /** The raw value, if any. */
    @Nullable
    Object value(String name) {
        return attributes.get(name);
    }

    /** The string of 1 to {@code maxLength} characters, if any; {@code write} describes valid values. */
    @Nullable
    String text(String name, int maxLength, String write) {
        String text = typed(name, String.class, write);
        if (text == null) {
            return null;
        }
        if (text.isEmpty()) {
            fault(name, "is empty; write " + write + ", or leave it out");
            return null;
        }
        if (text.length() > maxLength) {
            fault(
                    name,
                    "is " + text.length() + " characters long (" + Excerpt.quoted(text) + "); write at most "
                            + maxLength);
            return null;
        }
        return text;
    }

    /** The boolean; false if absent. */
    boolean flag(String name) {
        return Boolean.TRUE.equals(typed(name, Boolean.class, "true or false as a boolean (BOOL)"));
    }

    /** The duration within the limits, if any. */
    @Nullable
    Duration duration(String name, Duration least, Duration most, String example) {
        String write = "a whole number with s, m, h or d, such as " + example;
        String text = typed(name, String.class, write);
        if (text == null) {
            return null;
        }
        Duration duration = wholeSeconds(text);
        if (duration == null) {
            fault(name, Excerpt.quoted(text) + " is not a duration; write " + write);
            return null;
        }
        if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
            fault(name, Excerpt.quoted(text) + " is out of range; write " + Span.of(least) + " to " + Span.of(most));
            return null;
        }
        return duration;
    }

    /** Null if invalid, or in milliseconds, which the policy schema does not allow either. */
    private static @Nullable Duration wholeSeconds(String text) {
        try {
            return text.endsWith("ms") ? null : Span.parse(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** The whole number within the limits, if any. */
    @Nullable
    Long wholeNumber(String name, long least, long most, String write) {
        BigDecimal number = typed(name, BigDecimal.class, write);
        if (number == null) {
            return null;
        }
        // Check limits first, so that 1E+100 is never expanded to all its digits.
        boolean within = number.compareTo(BigDecimal.valueOf(least)) >= 0
                && number.compareTo(BigDecimal.valueOf(most)) <= 0
                && number.stripTrailingZeros().scale() <= 0;
        if (within) {
            return number.longValueExact();
        }
        fault(name, Excerpt.of(number) + " is not " + write);
        return null;
    }

    /** The map, if any. */
    @Nullable
    Map<?, ?> map(String name, String write) {
        return typed(name, Map.class, write);
    }

    /** A reader for the members of a map attribute; problems are reported under both names. */
    AttributeReader inside(String name, Map<String, ?> members) {
        return new AttributeReader(members, prefix + name + ".", problems);
    }

    /** Number of problems so far. */
    int faults() {
        return problems.size();
    }

    /** Reports a problem with an attribute. */
    void fault(String name, String fault) {
        problems.add(new Problem(prefix + name, fault));
    }

    /** Reports an attribute of the wrong type. */
    void wrongType(String name, @Nullable Object value, String write) {
        fault(name, "is " + typeOf(value) + "; write " + write);
    }

    private <T> @Nullable T typed(String name, Class<T> type, String write) {
        Object value = attributes.get(name);
        if (value == null && !attributes.containsKey(name)) {
            return null;
        }
        if (type.isInstance(value)) {
            return type.cast(value);
        }
        wrongType(name, value, write);
        return null;
    }

    /** A value's type in words, with DynamoDB's type code. */
    static String typeOf(@Nullable Object value) {
        if (value == null) {
            return "null (NULL)";
        }
        if (value instanceof String) {
            return "a string (S)";
        }
        if (value instanceof Number) {
            return "a number (N)";
        }
        if (value instanceof Boolean) {
            return "a boolean (BOOL)";
        }
        if (value instanceof Map) {
            return "a map (M)";
        }
        if (value instanceof Set) {
            return "a set (SS)";
        }
        return value instanceof List ? "a list (L)" : "of an unsupported type";
    }
}
