package dev.imagemirror.operator.dynamodb;

import static dev.imagemirror.operator.testing.TestingValues.claim;
import static dev.imagemirror.operator.testing.TestingValues.fresh;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.dynamodb.item.PairStatusMapper;
import dev.imagemirror.operator.dynamodb.item.StatusItem;
import dev.imagemirror.operator.port.ClaimResult;
import dev.imagemirror.operator.port.PortException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** More than a page of 1 MB, and DynamoDB refusing for a while. */
class PagingAndThrottlingIT {
    private static final EntryKey KEY = new EntryKey("a.example/b:1");
    private static final String LARGE = "x".repeat(300_000);

    @AutoClose
    private final LocalDynamo dynamo = new LocalDynamo();

    private final List<Duration> pauses = new CopyOnWriteArrayList<>();

    @Test
    void scansEveryRowOfManyPagesThoughThrottled() {
        List<String> sources =
                IntStream.range(0, 40).mapToObj(i -> "a.example/b:" + i).toList();
        sources.forEach(source -> dynamo.putRow(source, Map.of("Interval", LARGE)));
        ThrottledDynamo client = new ThrottledDynamo(dynamo.client(), throttled(9));
        List<String> scanned = Collections.synchronizedList(new ArrayList<>());

        new DynamoMirrorTable(client, dynamo.mirrors, pauses::add, new SplittableRandom(1))
                .scan(row -> scanned.add(row.key().text()));

        assertThat(scanned).containsExactlyInAnyOrderElementsOf(sources);
        assertThat(client.pages()).as("12 MB").isGreaterThan(8);
        assertThat(pauses).hasSize(9);
    }

    @Test
    void loadsEveryPairOfManyPagesThoughThrottled() {
        for (int i = 0; i < 8; i++) {
            PairStatus pair = fresh(KEY.text(), "x.example/y:" + i);
            Map<String, AttributeValue> item = new HashMap<>(StatusItem.pairKey(KEY, pair.destination()));
            item.putAll(PairStatusMapper.attributes(pair));
            item.put("Padding", AttributeValue.fromS(LARGE));
            dynamo.putStatus(item);
        }
        ThrottledDynamo client = new ThrottledDynamo(dynamo.client(), throttled(3));

        assertThat(table(client).load(KEY).pairs()).hasSize(8);

        assertThat(client.pages()).as("2.4 MB").isGreaterThan(1);
        assertThat(pauses).hasSize(3);
    }

    @Test
    void backsOffAndEventuallyGivesUp() {
        ThrottledDynamo client = new ThrottledDynamo(dynamo.client(), throttled(12));

        assertThatExceptionOfType(PortException.class)
                .isThrownBy(() -> table(client).load(KEY))
                .withMessageContaining("ProvisionedThroughputExceededException");

        assertThat(pauses).hasSize(11);
        assertThat(pauses.get(0)).isBetween(Duration.ofMillis(50), Duration.ofMillis(100));
        assertThat(pauses.get(10)).isBetween(Duration.ofMillis(2500), Duration.ofSeconds(5));
    }

    @Test
    void claimsDespiteAConflictingTransaction() {
        dynamo.putRow(KEY.text(), Map.of());
        ThrottledDynamo client = new ThrottledDynamo(
                dynamo.client(), List.of(cancelled("None", "TransactionConflict"), cancelled("ThrottlingError")));
        PairStatus claimed = fresh(KEY.text(), "x.example/y:1").withClaim(claim("aa"));

        ClaimResult result = table(client).claim(new MirrorRow(KEY, Map.of()), List.of(claimed));

        assertThat(result).isEqualTo(new ClaimResult.Claimed());
        assertThat(pauses).hasSize(2);
    }

    @Test
    void reportsTheCauseOfAFailedTransactionImmediately() {
        ThrottledDynamo client = new ThrottledDynamo(dynamo.client(), List.of(cancelled("ValidationError")));

        assertThatExceptionOfType(PortException.class)
                .isThrownBy(() ->
                        table(client).claim(new MirrorRow(KEY, Map.of()), List.of(fresh(KEY.text(), "x/y:1"))))
                .withMessageContaining(dynamo.status);
        assertThat(pauses).isEmpty();
    }

    @Test
    void namesTheMissingTable() {
        ThrottledDynamo client = new ThrottledDynamo(
                dynamo.client(),
                List.of(ResourceNotFoundException.builder().message("no").build()));

        assertThatExceptionOfType(PortException.class)
                .isThrownBy(() -> table(client).write(fresh(KEY.text(), "x/y:1")))
                .withMessageContainingAll(dynamo.status, "create it");
    }

    @Test
    void namesTheMissingPermission() {
        AwsErrorDetails denied = AwsErrorDetails.builder()
                .errorCode("AccessDeniedException")
                .errorMessage("not authorized to perform: dynamodb:Query")
                .build();
        ThrottledDynamo client = new ThrottledDynamo(dynamo.client(), List.of((DynamoDbException)
                DynamoDbException.builder().awsErrorDetails(denied).build()));

        assertThatExceptionOfType(PortException.class)
                .isThrownBy(() -> table(client).load(KEY))
                .withMessageContainingAll("dynamodb:Query", "allow it");
    }

    @Test
    void endsAScanWhenAConsumerFails() {
        dynamo.putRow(KEY.text(), Map.of());

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> dynamo.mirrorTable().scan(row -> {
                    throw new IllegalStateException("consumer");
                }))
                .withMessage("consumer");
    }

    private DynamoStatusTable table(DynamoDbClient client) {
        return new DynamoStatusTable(client, dynamo.status, dynamo.mirrors, pauses::add, new SplittableRandom(1));
    }

    private static List<RuntimeException> throttled(int times) {
        AwsErrorDetails details = AwsErrorDetails.builder()
                .errorCode("ProvisionedThroughputExceededException")
                .errorMessage("slow down")
                .build();
        return Stream.<RuntimeException>generate(() -> ProvisionedThroughputExceededException.builder()
                        .awsErrorDetails(details)
                        .build())
                .limit(times)
                .toList();
    }

    private static RuntimeException cancelled(String... codes) {
        return TransactionCanceledException.builder()
                .message("cancelled")
                .cancellationReasons(Stream.of(codes)
                        .map(code -> CancellationReason.builder().code(code).build())
                        .toList())
                .build();
    }
}
