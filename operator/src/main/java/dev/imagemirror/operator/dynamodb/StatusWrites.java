package dev.imagemirror.operator.dynamodb;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.EntryStatus;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.domain.entry.RowAttributes;
import dev.imagemirror.operator.dynamodb.item.ClaimMapper;
import dev.imagemirror.operator.dynamodb.item.EntryStatusMapper;
import dev.imagemirror.operator.dynamodb.item.Expressions;
import dev.imagemirror.operator.dynamodb.item.MirrorRowMapper;
import dev.imagemirror.operator.dynamodb.item.PairStatusMapper;
import dev.imagemirror.operator.dynamodb.item.StatusItem;
import dev.imagemirror.operator.dynamodb.item.Values;
import dev.imagemirror.operator.port.StatusTable;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionCheck;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;

/**
 * Builds the conditional writes of the status table. Each returns the item on a failed condition, so that the cause is
 * known without another read.
 */
record StatusWrites(String table, String mirrorTable) {
    private static final ReturnValuesOnConditionCheckFailure TELL = ReturnValuesOnConditionCheckFailure.ALL_OLD;

    /** Writes everything except the claim. */
    Update allButTheClaim(PairStatus status) {
        return update(StatusItem.pairKey(status.entry(), status.destination()), pair(status));
    }

    /** Writes everything, including the claim or its absence. */
    Update whole(PairStatus status) {
        return update(StatusItem.pairKey(status.entry(), status.destination()), withClaim(status));
    }

    /** Writes everything with a new claim, if the item has none. */
    Update claimed(PairStatus status) {
        Expressions expressions = withClaim(status).require(StatusItem.CLAIM, null);
        return update(StatusItem.pairKey(status.entry(), status.destination()), expressions);
    }

    Update summary(EntryStatus status) {
        Expressions expressions = versioned(status.version());
        set(expressions, EntryStatusMapper.ATTRIBUTES, EntryStatusMapper.attributes(status));
        return update(StatusItem.entryKey(status.key()), expressions);
    }

    /** Makes the entry the owner if the destination has none or is already the entry's; always raises the version. */
    Update owned(ImageReference destination, EntryKey entry) {
        AttributeValue owner = AttributeValue.fromS(entry.text());
        Expressions expressions = StatusItem.notNewer(new Expressions())
                .set(StatusItem.OWNER, owner)
                .raise(StatusItem.VERSION)
                .setNew(StatusItem.SCHEMA_VERSION, StatusItem.number(StatusItem.SCHEMA))
                .requireAbsentOr(StatusItem.OWNER, "=", owner);
        return update(StatusItem.ownerKey(destination), expressions);
    }

    /** Transfers ownership to another entry if the item is unchanged since it was read. */
    Update exchanged(ImageReference destination, StatusTable.Owner from, EntryKey to) {
        Expressions expressions = StatusItem.notNewer(new Expressions())
                .set(StatusItem.OWNER, AttributeValue.fromS(to.text()))
                .raise(StatusItem.VERSION)
                .require(StatusItem.OWNER, AttributeValue.fromS(from.entry().text()))
                .require(StatusItem.VERSION, StatusItem.number(from.version()));
        return update(StatusItem.ownerKey(destination), expressions);
    }

    /** Requires every known attribute to be unchanged since it was read. */
    ConditionCheck unchanged(MirrorRow row) {
        Expressions expressions = requireUnchanged(new Expressions(), row);
        return ConditionCheck.builder()
                .tableName(mirrorTable)
                .key(MirrorRowMapper.key(row.key()))
                .conditionExpression(expressions.condition())
                .expressionAttributeNames(expressions.names())
                .expressionAttributeValues(expressions.values())
                .build();
    }

    static Expressions requireUnchanged(Expressions expressions, MirrorRow row) {
        expressions.requireExistence(MirrorRowMapper.SOURCE);
        for (String name : RowAttributes.NAMES) {
            Object value = row.attributes().get(name);
            expressions.require(name, value == null ? null : Values.attribute(value));
        }
        return expressions;
    }

    Delete removed(PairStatus status) {
        return delete(
                StatusItem.pairKey(status.entry(), status.destination()),
                asRead(status.version()).require(StatusItem.CLAIM, null));
    }

    Delete removed(EntryStatus status) {
        return delete(StatusItem.entryKey(status.key()), asRead(status.version()));
    }

    /** Deletes an unreadable item without a claim, if unchanged since it was read. */
    Delete discarded(Map<String, AttributeValue> item) {
        Expressions asRead = new Expressions()
                .require(StatusItem.VERSION, item.get(StatusItem.VERSION))
                .require(StatusItem.SCHEMA_VERSION, item.get(StatusItem.SCHEMA_VERSION))
                .require(StatusItem.OWNER, item.get(StatusItem.OWNER))
                .require(StatusItem.CLAIM, null)
                .require(PairStatusMapper.LATE, null);
        return delete(StatusItem.keyOf(item), asRead);
    }

    /** Deletes the owner item if it is the entry's. */
    Delete released(ImageReference destination, EntryKey entry) {
        return delete(
                StatusItem.ownerKey(destination),
                StatusItem.notNewer(new Expressions())
                        .requireAbsentOr(StatusItem.OWNER, "=", AttributeValue.fromS(entry.text())));
    }

    static TransactWriteItem step(Update update) {
        return TransactWriteItem.builder().update(update).build();
    }

    static TransactWriteItem step(ConditionCheck check) {
        return TransactWriteItem.builder().conditionCheck(check).build();
    }

    static TransactWriteItem step(Delete delete) {
        return TransactWriteItem.builder().delete(delete).build();
    }

    private static Expressions withClaim(PairStatus status) {
        return pair(status)
                .set(
                        StatusItem.CLAIM,
                        status.claim() == null ? null : AttributeValue.fromM(ClaimMapper.fields(status.claim())));
    }

    private static Expressions pair(PairStatus status) {
        Expressions expressions = versioned(status.version());
        set(expressions, PairStatusMapper.ATTRIBUTES, PairStatusMapper.attributes(status));
        return expressions;
    }

    private static void set(Expressions expressions, List<String> names, Map<String, AttributeValue> attributes) {
        names.forEach(name -> expressions.set(name, attributes.get(name)));
    }

    private static Expressions versioned(long version) {
        return asRead(version)
                .set(StatusItem.VERSION, StatusItem.number(version + 1))
                .set(StatusItem.SCHEMA_VERSION, StatusItem.number(StatusItem.SCHEMA));
    }

    private static Expressions asRead(long version) {
        return StatusItem.notNewer(new Expressions())
                .require(StatusItem.VERSION, version == 0 ? null : StatusItem.number(version));
    }

    Update update(Map<String, AttributeValue> key, Expressions expressions) {
        return Update.builder()
                .tableName(table)
                .key(key)
                .updateExpression(expressions.update())
                .conditionExpression(expressions.condition())
                .expressionAttributeNames(expressions.names())
                .expressionAttributeValues(expressions.values())
                .returnValuesOnConditionCheckFailure(TELL)
                .build();
    }

    private Delete delete(Map<String, AttributeValue> key, Expressions expressions) {
        return Delete.builder()
                .tableName(table)
                .key(key)
                .conditionExpression(expressions.condition())
                .expressionAttributeNames(expressions.names())
                .expressionAttributeValues(expressions.values())
                .returnValuesOnConditionCheckFailure(TELL)
                .build();
    }
}
