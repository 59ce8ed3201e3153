package dev.imagemirror.operator.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.imagemirror.operator.config.LeaseConfig;
import dev.imagemirror.operator.testing.TestingDynamoServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

@Timeout(60)
class DynamoLeaseIT {
    private static final Duration LENGTH = Duration.ofSeconds(2);

    private final DynamoDbClient client = TestingDynamoServer.shared().client();
    private final String table = "lease-" + UUID.randomUUID();
    private final List<DynamoLease> opened = new ArrayList<>();

    @BeforeEach
    void makeTable() {
        client.createTable(request -> request.tableName(table)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(AttributeDefinition.builder()
                        .attributeName(DynamoLease.KEY)
                        .attributeType(ScalarAttributeType.S)
                        .build())
                .keySchema(KeySchemaElement.builder()
                        .attributeName(DynamoLease.KEY)
                        .keyType(KeyType.HASH)
                        .build()));
    }

    @AfterEach
    void close() {
        opened.forEach(DynamoLease::close);
        client.deleteTable(request -> request.tableName(table));
    }

    @Test
    void holderRenewsTheLeaseWhileTheOtherStandsBy() throws InterruptedException {
        DynamoLease active = lease(table, "one");
        DynamoLease standby = lease(table, "two");
        assertThat(active.tryAcquire()).isTrue();
        assertThat(standby.tryAcquire()).isFalse();
        await().during(LENGTH.multipliedBy(2)).atMost(Duration.ofSeconds(20)).until(() -> !standby.tryAcquire());
        assertThat(active.isHeld()).isTrue();
        assertThat(standby.isHeld()).isFalse();
    }

    /** Who stands by looks once a second, and then has both tables to list. */
    @Test
    void theLengthThatIsUsedLeavesTimeToTakeOverWithinHalfAMinute() {
        assertThat(LeaseConfig.LENGTH).isLessThanOrEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void standbyTakesOverImmediatelyWhenTheHolderStops() throws InterruptedException {
        DynamoLease active = lease(table, "one");
        DynamoLease standby = lease(table, "two");
        assertThat(active.tryAcquire()).isTrue();
        assertThat(standby.tryAcquire()).isFalse();
        active.close();
        assertThat(standby.tryAcquire()).isTrue();
        assertThat(standby.isHeld()).isTrue();
    }

    @Test
    void standbyTakesOverFromASilentHolder() throws InterruptedException {
        client.putItem(request -> request.tableName(table)
                .item(Map.of(
                        DynamoLease.KEY,
                        AttributeValue.fromS("mirror"),
                        "ownerName",
                        AttributeValue.fromS("dead"),
                        "leaseDuration",
                        AttributeValue.fromS(String.valueOf(LENGTH.toMillis())),
                        "recordVersionNumber",
                        AttributeValue.fromS("1"))));
        DynamoLease standby = lease(table, "two");
        assertThat(standby.tryAcquire()).isFalse();
        await().atMost(Duration.ofSeconds(20)).until(standby::tryAcquire);
        assertThat(standby.isHeld()).isTrue();
    }

    @Test
    void formerHolderNoticesTheLostLease() throws InterruptedException {
        DynamoLease active = lease(table, "one");
        assertThat(active.tryAcquire()).isTrue();
        client.updateItem(request -> request.tableName(table)
                .key(Map.of(DynamoLease.KEY, AttributeValue.fromS("mirror")))
                .updateExpression("SET recordVersionNumber = :v, ownerName = :o")
                .expressionAttributeValues(
                        Map.of(":v", AttributeValue.fromS("other"), ":o", AttributeValue.fromS("two"))));
        await().atMost(Duration.ofSeconds(20)).until(() -> !active.isHeld());
    }

    @Test
    void waitsForAMissingTable() throws InterruptedException {
        DynamoLease lease = lease("no-such-table", "one");
        assertThat(lease.tryAcquire()).isFalse();
        assertThat(lease.isHeld()).isFalse();
    }

    private DynamoLease lease(String in, String owner) {
        DynamoLease lease = new DynamoLease(client, in, "mirror", owner, LENGTH);
        opened.add(lease);
        return lease;
    }
}
