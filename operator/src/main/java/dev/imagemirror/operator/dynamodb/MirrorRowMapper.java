package dev.imagemirror.operator.dynamodb;

import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.MirrorRow;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Items of the mirror table as rows. */
final class MirrorRowMapper {
    /** The partition key of both tables. */
    static final String SOURCE = "Source";

    /** The token of the last request for a pass: written by the operator, means nothing to a pass, disturbs no claim. */
    static final String SYNC_REQUEST = "SyncRequest";

    private static final Set<String> OF_THE_TABLE = Set.of(SOURCE, SYNC_REQUEST);

    private MirrorRowMapper() {}

    static MirrorRow row(Map<String, AttributeValue> item) {
        Map<String, Object> attributes = new HashMap<>();
        MirrorRow.ATTRIBUTES.stream()
                .filter(item::containsKey)
                .forEach(name -> attributes.put(name, Values.neutral(item.get(name))));
        Set<String> ignored = new HashSet<>(item.keySet());
        ignored.removeAll(MirrorRow.ATTRIBUTES);
        ignored.removeAll(OF_THE_TABLE);
        return new MirrorRow(new EntryKey(item.get(SOURCE).s()), attributes, ignored);
    }

    static Map<String, AttributeValue> key(EntryKey key) {
        return Map.of(SOURCE, AttributeValue.fromS(key.text()));
    }
}
