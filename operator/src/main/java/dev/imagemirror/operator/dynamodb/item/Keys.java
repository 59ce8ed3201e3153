package dev.imagemirror.operator.dynamodb.item;

import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.port.WrongKeyException;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads item keys, which are of type S unless the table was created with another schema. */
public final class Keys {
    private Keys() {}

    /**
     * The partition key of a stream record of either table.
     *
     * @throws WrongKeyException if the record is from another table
     */
    public static EntryKey ofRecord(Map<String, AttributeValue> key) {
        return key.containsKey(StatusItem.DESTINATION) ? ofStatus(key) : ofRow(key);
    }

    /** @throws WrongKeyException if the item is not from a mirror table */
    static EntryKey ofRow(Map<String, AttributeValue> item) {
        return new EntryKey(
                text(item, StatusItem.SOURCE, "the mirror table", StatusItem.SOURCE + " (S)", "tables.mirrors"));
    }

    /** @throws WrongKeyException if the item is not from a status table */
    static EntryKey ofStatus(Map<String, AttributeValue> item) {
        String wanted = StatusItem.SOURCE + " (S) + " + StatusItem.DESTINATION + " (S)";
        text(item, StatusItem.DESTINATION, "the status table", wanted, "tables.statuses");
        return new EntryKey(text(item, StatusItem.SOURCE, "the status table", wanted, "tables.statuses"));
    }

    private static String text(
            Map<String, AttributeValue> item, String name, String table, String wanted, String setting) {
        AttributeValue value = item.get(name);
        if (value == null || value.s() == null) {
            String actual =
                    value == null ? "an item has no key " + name : "its key has " + name + " (" + value.type() + ")";
            throw new WrongKeyException(table, actual, wanted, setting);
        }
        return value.s();
    }
}
