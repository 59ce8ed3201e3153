package dev.imagemirror.operator.dynamodb;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.dynamodb.item.ItemReader;
import dev.imagemirror.operator.dynamodb.item.StatusItem;
import dev.imagemirror.operator.port.NewerOwnerException;
import dev.imagemirror.operator.port.PortException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.Update;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** Performs conditional writes and reports which conditions failed. */
final class ConditionalWriter {
    /**
     * A failed condition.
     *
     * @param step position in the transaction
     * @param item the current item; empty if none, or not returned by the service
     */
    record Failure(int step, Map<String, AttributeValue> item) {}

    private final DynamoDbClient client;
    private final TableCalls calls;

    ConditionalWriter(DynamoDbClient client, TableCalls calls) {
        this.client = client;
        this.calls = calls;
    }

    /** Performs the write; false if its condition failed. */
    boolean write(Update update) {
        UpdateItemRequest request = UpdateItemRequest.builder()
                .tableName(update.tableName())
                .key(update.key())
                .updateExpression(update.updateExpression())
                .conditionExpression(update.conditionExpression())
                .expressionAttributeNames(update.expressionAttributeNames())
                .expressionAttributeValues(update.expressionAttributeValues())
                .returnValuesOnConditionCheckFailure(update.returnValuesOnConditionCheckFailure())
                .build();
        return holds(() -> client.updateItem(request));
    }

    /** Performs the write; false if its condition failed. */
    boolean write(Delete delete) {
        DeleteItemRequest request = DeleteItemRequest.builder()
                .tableName(delete.tableName())
                .key(delete.key())
                .conditionExpression(delete.conditionExpression())
                .expressionAttributeNames(delete.expressionAttributeNames())
                .expressionAttributeValues(delete.expressionAttributeValues())
                .returnValuesOnConditionCheckFailure(delete.returnValuesOnConditionCheckFailure())
                .build();
        return holds(() -> client.deleteItem(request));
    }

    /** Performs all writes or none; returns the failed conditions, empty if everything was written. */
    List<Failure> write(List<TransactWriteItem> steps) {
        try {
            calls.call(() -> client.transactWriteItems(request -> request.transactItems(steps)));
            return List.of();
        } catch (TransactionCanceledException e) {
            List<Failure> failures = failures(e.cancellationReasons());
            failures.forEach(failure -> refuseNewer(failure.item()));
            return failures;
        }
    }

    private boolean holds(Runnable write) {
        try {
            calls.call(() -> {
                write.run();
                return null;
            });
            return true;
        } catch (ConditionalCheckFailedException e) {
            refuseNewer(e.hasItem() ? e.item() : Map.of());
            return false;
        }
    }

    private static List<Failure> failures(List<CancellationReason> reasons) {
        return IntStream.range(0, reasons.size())
                .filter(i -> TableCalls.CONDITION_FAILED.equals(reasons.get(i).code()))
                .mapToObj(i ->
                        new Failure(i, reasons.get(i).hasItem() ? reasons.get(i).item() : Map.of()))
                .toList();
    }

    /** Throws if a newer operator wrote the item. */
    static void refuseNewer(Map<String, AttributeValue> item) {
        if (!ItemReader.isNewer(item)) {
            return;
        }
        ImageReference owned = StatusItem.ownedDestination(item);
        if (owned != null) {
            throw new NewerOwnerException(owned, StatusItem.schema(item));
        }
        throw new PortException(StatusItem.newer(StatusItem.name(item) + " of the status table", item), null);
    }
}
