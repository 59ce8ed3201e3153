package dev.imagemirror.operator.domain.entry;

import dev.imagemirror.operator.domain.Excerpt;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.semver4j.RangesList;
import org.semver4j.RangesListFactory;
import org.semver4j.SemverException;

/**
 * A range of semantic versions in npm syntax ({@code ^1.2}, {@code ~1.2.3}, {@code >=1.2 <2}, {@code 1.2 - 1.4},
 * {@code 1.x || 2.x}; a comma may replace a space). A pre-release is in range only if the range names a pre-release of
 * the same version.
 *
 * <p>The library silently drops parts it does not understand, or treats the range as unsatisfiable, so the syntax is
 * checked here first. Immutable.
 */
final class VersionRange {
    private static final int MAX_LENGTH = 256;
    private static final String WRITE = "write a range such as ^1.21, ~1.21.3, '>=1.20 <2' or '1.20.x || 1.21.x'";

    private static final String NUMBER = "(?:0|[1-9][0-9]{0,8})";
    private static final String WILD = "[xX*]";
    private static final String PRE_RELEASE = "(?:-[0-9A-Za-z-]{1,64}(?:\\.[0-9A-Za-z-]{1,64}){0,9})";
    private static final String VERSION = "[vV]?(" + NUMBER + "(?:\\." + NUMBER + "(?:\\." + NUMBER + PRE_RELEASE
            + "?|\\." + WILD + ")?|\\." + WILD + "(?:\\." + WILD + ")?)?)";
    private static final Pattern COMPARATOR = Pattern.compile("(>=|<=|~>|>|<|=|\\^|~)? *" + VERSION + "(?: +|$)");
    private static final Pattern HYPHEN = Pattern.compile(VERSION + " +- +" + VERSION);
    private static final Pattern ANY = Pattern.compile(WILD + "(?:\\." + WILD + "){0,2}");

    private final RangesList ranges;

    private VersionRange(RangesList ranges) {
        this.ranges = ranges;
    }

    /**
     * Parses a range.
     *
     * @throws IllegalArgumentException naming the problem and what to write instead
     */
    static VersionRange parse(String text) {
        if (text.length() > MAX_LENGTH || TagVersion.HUGE_NUMBER.matcher(text).find()) {
            throw fault(text);
        }
        List<String> alternatives = new ArrayList<>();
        for (String alternative : text.replace(',', ' ').split("\\|\\|", -1)) {
            alternatives.add(plain(alternative.strip(), text));
        }
        try {
            RangesList ranges = RangesListFactory.create(String.join(" || ", alternatives));
            if (ranges.get().size() == alternatives.size()) {
                return new VersionRange(ranges);
            }
        } catch (SemverException | NumberFormatException e) {
            throw new IllegalArgumentException(fault(text).getMessage(), e);
        }
        throw fault(text);
    }

    /** True if the version is in range. */
    boolean contains(TagVersion version) {
        return version.version().satisfies(ranges);
    }

    /** One alternative, in a spelling the library is sure to understand. */
    private static String plain(String alternative, String text) {
        if (ANY.matcher(alternative).matches()) {
            return ">=0.0.0";
        }
        Matcher hyphen = HYPHEN.matcher(alternative);
        if (hyphen.matches()) {
            return hyphen.group(1) + " - " + hyphen.group(2);
        }
        List<String> comparators = new ArrayList<>();
        Matcher comparator = COMPARATOR.matcher(alternative);
        int end = 0;
        while (end < alternative.length()) {
            if (!comparator.find(end) || comparator.start() != end) {
                throw fault(text);
            }
            comparators.add((comparator.group(1) == null ? "" : comparator.group(1)) + comparator.group(2));
            end = comparator.end();
        }
        if (comparators.isEmpty()) {
            throw fault(text);
        }
        return String.join(" ", comparators);
    }

    private static IllegalArgumentException fault(String text) {
        return new IllegalArgumentException(Excerpt.quoted(text) + " is not a version range; " + WRITE);
    }
}
