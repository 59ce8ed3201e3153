package dev.imagemirror.operator.app;

import dev.imagemirror.operator.config.OperatorConfig;
import dev.imagemirror.operator.dynamodb.DynamoLease;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/** Whether the tables are there and have the right form ({@code DescribeTable}). */
final class TableChecks {
    private static final String REACH = "check region, endpoint, network and the permission dynamodb:DescribeTable";

    private final DynamoDbClient dynamo;
    private final OperatorConfig config;

    TableChecks(DynamoDbClient dynamo, OperatorConfig config) {
        this.dynamo = dynamo;
        this.config = config;
    }

    void run(Checks checks) {
        OperatorConfig.Tables tables = config.tables();
        check(checks, tables.mirrors(), "tables.mirrors", List.of("Source"), tables.stream());
        check(checks, tables.statuses(), "tables.statuses", List.of("Source", "Destination"), false);
        if (config.lease().enabled()) {
            check(checks, config.lease().table(), "lease.table", List.of(DynamoLease.KEY), false);
        }
    }

    private void check(Checks checks, String name, String setting, List<String> key, boolean wantsStream) {
        String subject = "table " + name;
        checks.run(subject, REACH, () -> {
            try {
                TableDescription table =
                        dynamo.describeTable(request -> request.tableName(name)).table();
                return findings(subject, table, key, wantsStream);
            } catch (ResourceNotFoundException e) {
                return List.of(Finding.bad(
                        subject,
                        "there is no such table in this account and region",
                        "create it with key " + String.join(" + ", key) + ", or correct " + setting
                                + " or the region"));
            } catch (SdkException e) {
                return List.of(Finding.bad(subject, "it cannot be described: " + e.getMessage(), REACH));
            }
        });
    }

    private static List<Finding> findings(
            String subject, TableDescription table, List<String> key, boolean wantsStream) {
        List<Finding> findings = new ArrayList<>();
        List<String> actual = key(table);
        List<String> wanted = key.stream().map(name -> name + " (S)").toList();
        if (!actual.equals(wanted)) {
            findings.add(Finding.bad(
                    subject,
                    "its key is " + String.join(" + ", actual),
                    "create it anew with key " + String.join(" + ", wanted)));
        }
        if (table.tableStatus() != TableStatus.ACTIVE && table.tableStatus() != TableStatus.UPDATING) {
            findings.add(Finding.bad(subject, "it is " + table.tableStatusAsString(), "wait until it is ACTIVE"));
        }
        boolean hasStream = table.streamSpecification() != null
                && Boolean.TRUE.equals(table.streamSpecification().streamEnabled());
        if (wantsStream && !hasStream) {
            findings.add(Finding.bad(
                    subject,
                    "it has no stream, so that edits are seen late",
                    "enable one (any view type has the keys), or set tables.stream to false"));
        }
        return findings.isEmpty()
                ? List.of(Finding.good(subject, "key " + String.join(" + ", actual) + (hasStream ? ", stream" : "")))
                : findings;
    }

    /** Names and types, the partition key first as in every answer of {@code DescribeTable}. */
    private static List<String> key(TableDescription table) {
        Map<String, String> types = table.attributeDefinitions().stream()
                .collect(Collectors.toMap(
                        AttributeDefinition::attributeName, AttributeDefinition::attributeTypeAsString));
        return table.keySchema().stream()
                .map(KeySchemaElement::attributeName)
                .map(name -> name + " (" + types.get(name) + ")")
                .toList();
    }
}
