package dev.imagemirror.operator.policy;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.domain.entry.MirrorEntry;
import dev.imagemirror.operator.domain.entry.TagSelection;
import java.util.LinkedHashMap;
import java.util.Map;

/** A row as an element of {@code spec.mirrors}. */
final class MirrorFields {
    private MirrorFields() {}

    static Map<String, Object> of(MirrorEntry entry, MirrorRow row) {
        Map<String, Object> mirror = new LinkedHashMap<>();
        mirror.put("source", entry.source().toString());
        mirror.put(
                "destinations",
                entry.destinations().stream().map(ImageReference::toString).toList());
        if (entry.tags() != null) {
            mirror.put("tags", tags(entry.tags()));
        }
        if (!entry.options().minAge().isZero()) {
            mirror.put("minAge", row.attributes().get(MirrorRow.MIN_AGE));
        }
        if (entry.options().referrers()) {
            mirror.put("referrers", true);
        }
        return mirror;
    }

    private static Map<String, Object> tags(TagSelection selection) {
        Map<String, Object> tags = new LinkedHashMap<>();
        if (!selection.include().isEmpty()) {
            tags.put("include", selection.include());
        }
        if (!selection.exclude().isEmpty()) {
            tags.put("exclude", selection.exclude());
        }
        if (selection.semver() != null) {
            tags.put("semver", selection.semver());
        }
        if (selection.latest() != null) {
            tags.put("latest", selection.latest());
        }
        return tags;
    }
}
