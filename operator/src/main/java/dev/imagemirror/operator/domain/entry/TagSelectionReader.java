package dev.imagemirror.operator.domain.entry;

import dev.imagemirror.operator.domain.Excerpt;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads and writes the {@code Tags} attribute. */
final class TagSelectionReader {
    private static final String INCLUDE = "Include";
    private static final String EXCLUDE = "Exclude";
    private static final String SEMVER = "Semver";
    private static final String LATEST = "Latest";

    /** Valid members, in policy field order. */
    static final List<String> MEMBERS = List.of(INCLUDE, EXCLUDE, SEMVER, LATEST);

    private static final Pattern GLOB = Pattern.compile("[A-Za-z0-9_.*?-]{1,128}");
    private static final int MAX_GLOBS = 100;
    private static final int MAX_RANGE = 256;
    private static final int MAX_LATEST = 100_000;
    private static final String WRITE_GLOBS = "a list (L) of globs, such as [\"1.21*\", \"1.22*\"]";

    private TagSelectionReader() {}

    /** The selection; null if absent or invalid. */
    static @Nullable TagSelection read(RowReading row, String name) {
        Map<?, ?> map = row.attributes().map(name, "a map (M) of Include, Exclude, Semver and Latest");
        if (map == null) {
            return null;
        }
        Map<String, Object> members = new HashMap<>();
        map.forEach((member, value) -> members.put(String.valueOf(member), value));
        AttributeReader tags = row.attributes().inside(name, members);
        int before = tags.faults();
        reportUnknown(members, tags);
        List<String> include = globs(INCLUDE, members, tags);
        List<String> exclude = globs(EXCLUDE, members, tags);
        String range = range(tags);
        Long latest = tags.wholeNumber(LATEST, 1, MAX_LATEST, "a whole number (N) from 1 to " + MAX_LATEST);
        return tags.faults() > before
                ? null
                : new TagSelection(include, exclude, range, latest == null ? null : latest.intValue());
    }

    /** The map form of this selection; unset members are omitted. */
    static Map<String, Object> members(TagSelection selection) {
        Map<String, Object> members = new TreeMap<>();
        if (!selection.include().isEmpty()) {
            members.put(INCLUDE, selection.include());
        }
        if (!selection.exclude().isEmpty()) {
            members.put(EXCLUDE, selection.exclude());
        }
        if (selection.semver() != null) {
            members.put(SEMVER, selection.semver());
        }
        if (selection.latest() != null) {
            members.put(LATEST, BigDecimal.valueOf(selection.latest()));
        }
        return members;
    }

    /**
     * Unlike a row's unknown attributes, these cannot be anyone else's; a misspelled Include would select every tag.
     */
    private static void reportUnknown(Map<String, Object> members, AttributeReader tags) {
        members.keySet().stream()
                .filter(name -> !MEMBERS.contains(name))
                .sorted()
                .limit(10)
                .forEach(name -> tags.fault(Excerpt.of(name), "is unknown; write " + String.join(", ", MEMBERS)));
    }

    private static @Nullable String range(AttributeReader tags) {
        String range = tags.text(SEMVER, MAX_RANGE, "a version range such as ^1.21");
        try {
            if (range != null) {
                VersionRange.parse(range);
            }
            return range;
        } catch (IllegalArgumentException e) {
            tags.fault(SEMVER, String.valueOf(e.getMessage()));
            return null;
        }
    }

    private static List<String> globs(String name, Map<String, Object> members, AttributeReader tags) {
        if (!members.containsKey(name)) {
            return List.of();
        }
        Object value = members.get(name);
        if (!(value instanceof List) && !(value instanceof Set)) {
            tags.wrongType(name, value, WRITE_GLOBS);
            return List.of();
        }
        Collection<?> elements = (Collection<?>) value;
        if (elements.size() > MAX_GLOBS) {
            tags.fault(name, "has " + elements.size() + " globs; write at most " + MAX_GLOBS);
            return List.of();
        }
        List<String> globs = new ArrayList<>();
        for (Object element : elements) {
            if (element instanceof String glob && GLOB.matcher(glob).matches()) {
                globs.add(glob);
            } else {
                tags.fault(name, faultOf(element));
            }
        }
        return globs;
    }

    private static String faultOf(Object noGlob) {
        return noGlob instanceof String text
                ? Excerpt.quoted(text)
                        + " matches no tag; write 1 to 128 letters, digits, '_', '.' or '-', with * for any"
                        + " text and ? for one character"
                : "contains an element that is " + AttributeReader.typeOf(noGlob) + "; write " + WRITE_GLOBS;
    }
}
