package dev.imagemirror.operator.policy;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.domain.entry.MirrorEntry;
import dev.imagemirror.operator.domain.entry.TagSelection;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;

/** Attributes of a declared row: the same for equal specs, however they are written; what is unset has none. */
final class CanonicalAttributes {
    private CanonicalAttributes() {}

    /**
     * Those of {@code entry}.
     *
     * @param written as the spec has them; durations keep their spelling
     */
    static Map<String, Object> of(MirrorEntry entry, Map<String, Object> written) {
        Map<String, Object> attributes = new TreeMap<>();
        attributes.put(
                MirrorRow.DESTINATION,
                entry.destinations().stream().map(ImageReference::toString).toList());
        if (entry.tags() != null) {
            attributes.put(MirrorRow.TAGS, tags(entry.tags()));
        }
        if (entry.options().interval() != null) {
            attributes.put(MirrorRow.INTERVAL, written.get(MirrorRow.INTERVAL));
        }
        if (!entry.options().minAge().isZero()) {
            attributes.put(MirrorRow.MIN_AGE, written.get(MirrorRow.MIN_AGE));
        }
        if (entry.options().suspend()) {
            attributes.put(MirrorRow.SUSPEND, true);
        }
        if (entry.options().referrers()) {
            attributes.put(MirrorRow.REFERRERS, true);
        }
        return attributes;
    }

    private static Map<String, Object> tags(TagSelection selection) {
        Map<String, Object> tags = new TreeMap<>();
        if (!selection.include().isEmpty()) {
            tags.put(MirrorRow.INCLUDE, selection.include());
        }
        if (!selection.exclude().isEmpty()) {
            tags.put(MirrorRow.EXCLUDE, selection.exclude());
        }
        if (selection.semver() != null) {
            tags.put(MirrorRow.SEMVER, selection.semver());
        }
        if (selection.latest() != null) {
            tags.put(MirrorRow.LATEST, BigDecimal.valueOf(selection.latest()));
        }
        return tags;
    }
}
