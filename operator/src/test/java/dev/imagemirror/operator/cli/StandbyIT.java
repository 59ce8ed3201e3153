package dev.imagemirror.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.imagemirror.operator.app.health.HealthCheck;
import dev.imagemirror.operator.config.LeaseConfig;
import dev.imagemirror.operator.dynamodb.DynamoLease;
import dev.imagemirror.operator.testing.TestingDynamoServer;
import dev.imagemirror.testing.TestingRegistry;
import dev.imagemirror.testing.image.TestingImage;
import dev.imagemirror.testing.image.TestingImages;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** A process that stands by while another has the lease. */
@Timeout(180)
class StandbyIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final TestingCommands commands = new TestingCommands();
    private final DynamoDbClient client = TestingDynamoServer.shared().client();
    private final String table = "lease-" + UUID.randomUUID();
    private final TestingRegistry registry = TestingRegistry.start();
    private final TestingRun run = new TestingRun(commands);
    private DynamoLease other;

    @BeforeEach
    void giveTheLeaseToAnother() throws InterruptedException {
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
        commands.environment.put("MIRROR_OPERATOR_LEASE_ENABLED", "true");
        commands.environment.put("MIRROR_OPERATOR_LEASE_TABLE", table);
        commands.environment.put("MIRROR_OPERATOR_TABLES_RELIST", "1h");
        other = new DynamoLease(client, table, commands.tables.mirrors(), "another", LeaseConfig.LENGTH);
        assertThat(other.tryAcquire()).isTrue();
    }

    @AfterEach
    void stop() throws InterruptedException {
        other.close();
        run.stop();
        registry.close();
        client.deleteTable(request -> request.tableName(table));
        commands.close();
    }

    @Test
    void servesProbesAndEntriesOnStandbyAndReconcilesOnceTheLeaseIsFree() {
        run.start("standing by");
        TestingImage image = TestingImages.small(1);
        image.putInto(registry, "team/app", "1");
        String source = registry.reference("team/app", "1");
        commands.putRow(source, registry.reference("copy/app", "1"));

        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(run.get("/readyz").body()).contains("\"ready\":true"));
        await().atMost(LIMIT)
                .untilAsserted(() ->
                        assertThat(run.entry(source).path("source").asText()).isEqualTo(source));
        assertThat(HealthCheck.ask(Map.of("MIRROR_OPERATOR_WEB_PORT", String.valueOf(run.port())), System.err))
                .isZero();
        assertThat(commands.statusItems()).isEmpty();

        other.close();
        run.awaitWords("running");
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(run.entry(source)
                                .path("pairs")
                                .path(0)
                                .path("state")
                                .asText())
                        .isEqualTo("InSync"));
        assertThat(image.differences(registry, "copy/app", "1")).isEmpty();
    }
}
