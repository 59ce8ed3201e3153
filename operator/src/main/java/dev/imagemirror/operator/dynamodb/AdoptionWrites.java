package dev.imagemirror.operator.dynamodb;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.domain.entry.RowAttributes;
import dev.imagemirror.operator.dynamodb.item.Expressions;
import dev.imagemirror.operator.dynamodb.item.MirrorRowMapper;
import dev.imagemirror.operator.dynamodb.item.StatusItem;
import dev.imagemirror.operator.dynamodb.item.Values;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;

/** Builds the conditional writes of an adoption. */
record AdoptionWrites(String mirrorTable, StatusWrites statuses) {
    /** Gives an unmanaged row, unchanged since it was read, the declared row's manager and attributes. */
    TransactWriteItem inPlace(MirrorRow unowned, MirrorRow declared) {
        Expressions expressions = StatusWrites.requireUnchanged(attributes(declared), unowned);
        return row(declared.key(), expressions);
    }

    /** Deletes a row that is unchanged since it was read. */
    TransactWriteItem removedRow(MirrorRow unowned) {
        Expressions expressions = StatusWrites.requireUnchanged(new Expressions(), unowned);
        return StatusWrites.step(Delete.builder()
                .tableName(mirrorTable)
                .key(MirrorRowMapper.key(unowned.key()))
                .conditionExpression(expressions.condition())
                .expressionAttributeNames(expressions.names())
                .expressionAttributeValues(expressions.values())
                .build());
    }

    /** Writes a declared row if there is none or the same manager owns it. */
    TransactWriteItem declaredRow(MirrorRow declared, Map<String, AttributeValue> unknownAttributes) {
        Expressions expressions = attributes(declared);
        unknownAttributes.forEach(expressions::set);
        String manager = (String) declared.attributes().get(MirrorRow.MANAGED_BY);
        expressions.requireNoneOr(MirrorRowMapper.SOURCE, MirrorRow.MANAGED_BY, AttributeValue.fromS(manager));
        return row(declared.key(), expressions);
    }

    /** Transfers a destination from one entry to another, unless a third one owns it. */
    TransactWriteItem movedOwner(ImageReference destination, EntryKey from, EntryKey to) {
        Expressions expressions = StatusItem.notNewer(new Expressions())
                .set(StatusItem.OWNER, AttributeValue.fromS(to.text()))
                .raise(StatusItem.VERSION)
                .set(StatusItem.SCHEMA_VERSION, StatusItem.number(StatusItem.SCHEMA))
                .requireAbsentOr(StatusItem.OWNER, "=", AttributeValue.fromS(from.text()));
        return StatusWrites.step(statuses.update(StatusItem.ownerKey(destination), expressions));
    }

    private static Expressions attributes(MirrorRow row) {
        Expressions expressions = new Expressions();
        for (String name : RowAttributes.NAMES) {
            Object value = row.attributes().get(name);
            expressions.set(name, value == null ? null : Values.attribute(value));
        }
        return expressions;
    }

    private TransactWriteItem row(EntryKey key, Expressions expressions) {
        return StatusWrites.step(Update.builder()
                .tableName(mirrorTable)
                .key(MirrorRowMapper.key(key))
                .updateExpression(expressions.update())
                .conditionExpression(expressions.condition())
                .expressionAttributeNames(expressions.names())
                .expressionAttributeValues(expressions.values())
                .build());
    }
}
