package dev.imagemirror.operator.dynamodb;

import dev.imagemirror.operator.engine.Pause;
import dev.imagemirror.operator.port.PortException;
import dev.imagemirror.text.AwsMessage;
import dev.imagemirror.thread.Backoff;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * Calls DynamoDB for one table: retries throttling and transaction conflicts beyond the SDK's own retries (neither has
 * written anything), and translates every other failure into a {@link PortException}. Failed conditions are results and
 * pass through.
 */
final class TableCalls {
    /** Codes of {@code CancellationReason}, see "TransactWriteItems" in the API reference. */
    static final String CONDITION_FAILED = "ConditionalCheckFailed";

    private static final Set<String> TEMPORARY =
            Set.of("TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded");

    private static final Set<String> OF_ITEMS =
            Set.of("ValidationException", "ItemCollectionSizeLimitExceededException");

    private static final int TRIES = 12;

    private final String table;
    private final Backoff backoff;
    private final Pause pause;

    TableCalls(String table, Pause pause, RandomGenerator random) {
        this.table = table;
        this.backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5), random);
        this.pause = pause;
    }

    /** Makes the call and returns its response. */
    <T> T call(Supplier<T> request) {
        for (int tries = 1; ; tries++) {
            try {
                return request.get();
            } catch (SdkException e) {
                if (isAnswer(e)) {
                    throw e;
                }
                if (tries == TRIES || !isTemporary(e)) {
                    throw translated(e);
                }
            }
            await(tries);
        }
    }

    private void await(int failures) {
        try {
            pause.pause(backoff.delay(failures));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PortException("interrupted while table " + table + " was throttled", e);
        }
    }

    private static boolean isAnswer(SdkException error) {
        return error instanceof ConditionalCheckFailedException
                || (error instanceof TransactionCanceledException cancelled
                        && cancelled.cancellationReasons().stream()
                                .map(CancellationReason::code)
                                .anyMatch(CONDITION_FAILED::equals));
    }

    private static boolean isTemporary(SdkException error) {
        return (error instanceof AwsServiceException service && service.isThrottlingException())
                || (error instanceof TransactionCanceledException cancelled
                        && cancelled.cancellationReasons().stream()
                                .map(CancellationReason::code)
                                .anyMatch(TEMPORARY::contains));
    }

    private PortException translated(SdkException error) {
        String subject = "table " + table;
        return new PortException(isOfTheItem(error) ? null : subject, subject + ": " + explained(error), error);
    }

    /** Errors of a single call rather than of the table. */
    private static boolean isOfTheItem(SdkException error) {
        return error instanceof TransactionCanceledException
                || (error instanceof AwsServiceException service
                        && service.awsErrorDetails() != null
                        && OF_ITEMS.contains(service.awsErrorDetails().errorCode()));
    }

    private static String explained(SdkException error) {
        if (error instanceof ResourceNotFoundException) {
            return "no such table in this account and region; create it, or correct its name or the region";
        }
        if (error instanceof AwsServiceException service
                && service.awsErrorDetails() != null
                && service.awsErrorDetails().errorCode() != null) {
            String code = service.awsErrorDetails().errorCode();
            boolean denied = "AccessDeniedException".equals(code);
            return code + ": " + service.awsErrorDetails().errorMessage()
                    + (denied ? "; allow it in the operator's role" : "");
        }
        return AwsMessage.isOfCredentials(error.getMessage())
                ? AwsMessage.of(error.getMessage())
                : "cannot reach DynamoDB: " + AwsMessage.of(error.getMessage());
    }
}
