package dev.imagemirror.operator.policy;

import dev.imagemirror.image.Digest;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.domain.entry.MirrorEntry;
import dev.imagemirror.operator.domain.entry.RowAttribute;
import dev.imagemirror.operator.domain.entry.RowAttributes;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** The row of a declared mirror: identical for equal specs, however written; unset fields have no attribute. */
final class DeclaredRow {
    private DeclaredRow() {}

    /** @param written attributes as in the spec; durations keep their spelling */
    static MirrorRow of(EntryKey key, MirrorEntry entry, Map<String, Object> written, String manager) {
        Map<String, Object> attributes = new TreeMap<>();
        for (RowAttribute<?> attribute : RowAttributes.ALL) {
            attribute.canonical(entry.options(), written).ifPresent(value -> attributes.put(attribute.name(), value));
        }
        attributes.put(MirrorRow.REVISION, revision(attributes));
        attributes.put(MirrorRow.MANAGED_BY, manager);
        return new MirrorRow(key, attributes);
    }

    /** Identical for equal specs, whatever their order and spelling. */
    private static String revision(Map<String, Object> attributes) {
        byte[] text = new TreeMap<>(attributes).toString().getBytes(StandardCharsets.UTF_8);
        return Digest.sha256(text).hex().substring(0, 16);
    }
}
