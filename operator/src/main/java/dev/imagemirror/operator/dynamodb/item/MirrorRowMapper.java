package dev.imagemirror.operator.dynamodb.item;

import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.domain.entry.RowAttributes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Maps items of the mirror table to rows. */
public final class MirrorRowMapper {
    /** The partition key of both tables. */
    public static final String SOURCE = "Source";

    /** Token of the last requested pass: written by the operator, ignored by passes and claims. */
    public static final String SYNC_REQUEST = "SyncRequest";

    private static final Set<String> OF_THE_TABLE = Set.of(SOURCE, SYNC_REQUEST);

    private MirrorRowMapper() {}

    public static MirrorRow row(Map<String, AttributeValue> item) {
        Map<String, Object> attributes = new HashMap<>();
        Set<String> ignored = new HashSet<>();
        item.forEach((name, value) -> {
            if (RowAttributes.NAMES.contains(name)) {
                attributes.put(name, Values.neutral(value));
            } else {
                ignored.add(name);
            }
        });
        ignored.removeAll(OF_THE_TABLE);
        return new MirrorRow(Keys.ofRow(item), attributes, ignored);
    }

    public static Map<String, AttributeValue> key(EntryKey key) {
        return Map.of(SOURCE, AttributeValue.fromS(key.text()));
    }
}
