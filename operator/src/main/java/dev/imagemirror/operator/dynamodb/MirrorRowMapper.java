package dev.imagemirror.operator.dynamodb;

import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.MirrorRow;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Items of the mirror table as rows. */
final class MirrorRowMapper {
    /** The partition key of both tables. */
    static final String SOURCE = "Source";

    private MirrorRowMapper() {}

    static MirrorRow row(Map<String, AttributeValue> item) {
        Map<String, Object> attributes = new HashMap<>();
        MirrorRow.ATTRIBUTES.stream()
                .filter(item::containsKey)
                .forEach(name -> attributes.put(name, Values.neutral(item.get(name))));
        return new MirrorRow(new EntryKey(item.get(SOURCE).s()), attributes);
    }

    static Map<String, AttributeValue> key(EntryKey key) {
        return Map.of(SOURCE, AttributeValue.fromS(key.text()));
    }
}
