package dev.imagemirror.operator.policy;

import dev.imagemirror.operator.domain.MirrorRow;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a policy's fields are called, and the attributes that they become. */
final class FieldNames {
    static final String API_VERSION = "imagemirror.dev/v1alpha1";
    static final String KIND = "MirrorPolicy";

    /** Attributes by the field of {@code spec.mirrors[]}. */
    static final Map<String, String> OF_MIRROR = ordered(
            "source", "Source",
            "destinations", MirrorRow.DESTINATION,
            "tags", MirrorRow.TAGS,
            "minAge", MirrorRow.MIN_AGE,
            "referrers", MirrorRow.REFERRERS);

    /** Attributes by the field of {@code tags}. */
    static final Map<String, String> OF_TAGS = ordered(
            "include", MirrorRow.INCLUDE,
            "exclude", MirrorRow.EXCLUDE,
            "semver", MirrorRow.SEMVER,
            "latest", MirrorRow.LATEST);

    /** Attributes of every row by the field of {@code spec}. */
    static final Map<String, String> OF_SPEC = ordered("suspend", MirrorRow.SUSPEND, "interval", MirrorRow.INTERVAL);

    private FieldNames() {}

    /** The field that became an attribute such as {@code Tags.Semver}. */
    static String fieldOf(String attribute) {
        int dot = attribute.indexOf('.');
        if (dot >= 0) {
            return "tags." + reverse(OF_TAGS, attribute.substring(dot + 1));
        }
        return reverse(OF_MIRROR, attribute);
    }

    private static String reverse(Map<String, String> names, String attribute) {
        return names.entrySet().stream()
                .filter(name -> name.getValue().equals(attribute))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(attribute);
    }

    private static Map<String, String> ordered(String... pairs) {
        Map<String, String> names = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            names.put(pairs[i], pairs[i + 1]);
        }
        return names;
    }
}
