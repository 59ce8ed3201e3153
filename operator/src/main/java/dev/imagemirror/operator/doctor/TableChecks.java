package dev.imagemirror.operator.doctor;

import dev.imagemirror.operator.config.OperatorConfig;
import dev.imagemirror.text.AwsMessage;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/** Checks that the tables exist and have the right key and stream ({@code DescribeTable}). */
public final class TableChecks {
    private static final String REACH = "check the region, endpoint, network and dynamodb:DescribeTable permission";

    private final DynamoDbClient dynamo;
    private final OperatorConfig config;

    public TableChecks(DynamoDbClient dynamo, OperatorConfig config) {
        this.dynamo = dynamo;
        this.config = config;
    }

    public void run(Checks checks) {
        TableForm.configured(config).forEach(form -> checks.run(form.subject(), REACH, () -> check(form)));
    }

    private List<Finding> check(TableForm form) {
        String subject = form.subject();
        try {
            return findings(
                    form,
                    dynamo.describeTable(request -> request.tableName(form.name()))
                            .table());
        } catch (ResourceNotFoundException e) {
            return List.of(Finding.bad(
                    subject,
                    "no such table in this account and region",
                    "create it with key " + String.join(" + ", form.key()) + ", or correct " + form.setting()
                            + " or the region"));
        } catch (SdkException e) {
            return List.of(Finding.bad(subject, "DescribeTable failed: " + AwsMessage.of(e.getMessage()), REACH));
        }
    }

    private static List<Finding> findings(TableForm form, TableDescription table) {
        List<Finding> findings = new ArrayList<>(form.differences(table));
        if (table.tableStatus() != TableStatus.ACTIVE && table.tableStatus() != TableStatus.UPDATING) {
            findings.add(
                    Finding.bad(form.subject(), "it is " + table.tableStatusAsString(), "wait until it is ACTIVE"));
        }
        return findings.isEmpty()
                ? List.of(Finding.good(
                        form.subject(),
                        "key " + String.join(" + ", TableForm.key(table))
                                + (TableForm.hasStream(table) ? ", stream" : "")))
                : findings;
    }
}
