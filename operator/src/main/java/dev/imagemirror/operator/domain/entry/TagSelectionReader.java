package dev.imagemirror.operator.domain.entry;

import dev.imagemirror.operator.domain.Excerpt;
import dev.imagemirror.operator.domain.MirrorRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the {@code Tags} attribute. */
final class TagSelectionReader {
    private static final List<String> KNOWN =
            List.of(MirrorRow.INCLUDE, MirrorRow.EXCLUDE, MirrorRow.SEMVER, MirrorRow.LATEST);
    private static final Pattern GLOB = Pattern.compile("[A-Za-z0-9_.*?-]{1,128}");
    private static final int MAX_GLOBS = 100;
    private static final int MAX_RANGE = 256;
    private static final int MAX_LATEST = 100_000;
    private static final String WRITE_GLOBS = "a list (L) of globs, such as [\"1.21*\", \"1.22*\"]";

    private final AttributeReader row;
    private final List<Problem> problems;

    TagSelectionReader(AttributeReader row, List<Problem> problems) {
        this.row = row;
        this.problems = problems;
    }

    /** The selection; null if there is none or it has problems. */
    @Nullable
    TagSelection read() {
        Map<?, ?> map = row.map(MirrorRow.TAGS, "a map (M) of Include, Exclude, Semver and Latest");
        if (map == null) {
            return null;
        }
        int before = problems.size();
        Map<String, Object> members = new HashMap<>();
        map.forEach((name, value) -> members.put(String.valueOf(name), value));
        AttributeReader tags = new AttributeReader(members, MirrorRow.TAGS + ".", problems);
        reportUnknown(members, tags);
        List<String> include = globs(MirrorRow.INCLUDE, members, tags);
        List<String> exclude = globs(MirrorRow.EXCLUDE, members, tags);
        String range = range(tags);
        Long latest = tags.wholeNumber(MirrorRow.LATEST, 1, MAX_LATEST, "a whole number (N) from 1 to " + MAX_LATEST);
        return problems.size() > before
                ? null
                : new TagSelection(include, exclude, range, latest == null ? null : latest.intValue());
    }

    /** Unlike unknown attributes of the row these are no one else's; a misspelt Include would select every tag. */
    private static void reportUnknown(Map<String, Object> members, AttributeReader tags) {
        members.keySet().stream()
                .filter(name -> !KNOWN.contains(name))
                .sorted()
                .limit(10)
                .forEach(name -> tags.fault(Excerpt.of(name), "is unknown; write " + String.join(", ", KNOWN)));
    }

    private static @Nullable String range(AttributeReader tags) {
        String range = tags.text(MirrorRow.SEMVER, MAX_RANGE, "a version range such as ^1.21");
        try {
            if (range != null) {
                VersionRange.parse(range);
            }
            return range;
        } catch (IllegalArgumentException e) {
            tags.fault(MirrorRow.SEMVER, String.valueOf(e.getMessage()));
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
