package dev.imagemirror.operator.domain.entry;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.semver4j.Semver;

/**
 * A tag that parses as a semantic version (semver.org, 2.0.0).
 *
 * <p>A leading {@code v} is ignored, and a missing minor or patch number counts as zero, because many images only have
 * such tags: {@code 3.19} is 3.19.0, {@code 16.2-alpine} is the pre-release {@code alpine} of 16.2.0. No other form is
 * accepted: {@code 22.04} (leading zero), {@code 1.2.3.4} and {@code latest} are not versions.
 *
 * @param tag as in the registry
 * @param version its version
 */
record TagVersion(String tag, Semver version) {
    /** Lowest first; equal versions in natural order of their tags. */
    static final Comparator<TagVersion> ORDER =
            Comparator.comparing(TagVersion::version).thenComparing(TagVersion::tag, NaturalOrder.OF_TAGS);

    private static final Pattern FORM =
            Pattern.compile("[vV]?([0-9]+)(?:\\.([0-9]+))?(?:\\.([0-9]+))?(-[0-9A-Za-z.-]+)?");
    /** The library compares numeric identifiers as longs and fails on larger ones. */
    static final Pattern HUGE_NUMBER = Pattern.compile("[0-9]{19,}");

    /** The version; null if the tag is not one. */
    static @Nullable TagVersion parse(String tag) {
        Matcher form = FORM.matcher(tag);
        if (!form.matches() || HUGE_NUMBER.matcher(tag).find()) {
            return null;
        }
        String complete = form.group(1) + "." + orElse(form.group(2), "0") + "." + orElse(form.group(3), "0")
                + orElse(form.group(4), "");
        Semver version = Semver.parse(complete);
        return version == null ? null : new TagVersion(tag, version);
    }

    private static String orElse(String text, String otherwise) {
        return text == null ? otherwise : text;
    }
}
