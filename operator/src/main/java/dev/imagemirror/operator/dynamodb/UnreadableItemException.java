package dev.imagemirror.operator.dynamodb;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** An item of the status table that somebody has spoilt, or that a much newer operator wrote. */
final class UnreadableItemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableItemException(Map<String, AttributeValue> item, RuntimeException cause) {
        super(
                StatusItem.name(item) + " of the status table: " + cause.getMessage()
                        + (ItemReader.isNewer(item)
                                ? "; a newer operator wrote it: upgrade this one"
                                : "; correct it, or delete it if no job of it runs"),
                cause);
    }
}
