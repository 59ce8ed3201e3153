package dev.imagemirror.operator.doctor;

import dev.imagemirror.operator.port.PortException;
import dev.imagemirror.operator.program.CommandFailure;
import dev.imagemirror.operator.program.Exit;
import dev.imagemirror.thread.DaemonThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/**
 * Compares the tables with what the operator needs before reading or writing anything ({@code DescribeTable}): a table
 * of another form returns items that nothing understands. Without permission or a response, startup continues: later
 * calls report what is wrong.
 */
public final class TablesAtStart {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final DynamoDbClient dynamo;

    public TablesAtStart(DynamoDbClient dynamo) {
        this.dynamo = dynamo;
    }

    /**
     * Returns if no problem is found.
     *
     * @throws CommandFailure if a table has another form
     * @throws PortException if there is no such table
     */
    public void require(List<TableForm> forms) {
        List<Finding> differences = forms.size() == 1 ? differences(forms.get(0)) : atOnce(forms);
        if (!differences.isEmpty()) {
            throw new CommandFailure(
                    Exit.CONFIG,
                    differences.stream()
                            .map(finding -> finding.subject() + ": " + finding.detail() + "; " + finding.fix())
                            .collect(Collectors.joining("\n")));
        }
    }

    private List<Finding> atOnce(List<TableForm> forms) {
        ExecutorService threads = Executors.newFixedThreadPool(forms.size(), new DaemonThreads("describe-table"));
        try {
            List<Callable<List<Finding>>> calls = new ArrayList<>();
            forms.forEach(form -> calls.add(() -> differences(form)));
            List<Finding> all = new ArrayList<>();
            for (Future<List<Finding>> call : threads.invokeAll(calls)) {
                all.addAll(result(call));
            }
            return all;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PortException("interrupted while checking the tables", e);
        } finally {
            threads.shutdownNow();
        }
    }

    private static Collection<Finding> result(Future<List<Finding>> call) throws InterruptedException {
        try {
            return call.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof PortException missing) {
                throw missing;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private List<Finding> differences(TableForm form) {
        DescribeTableRequest request = DescribeTableRequest.builder()
                .tableName(form.name())
                .overrideConfiguration(call -> call.apiCallTimeout(PATIENCE))
                .build();
        TableDescription table;
        try {
            table = dynamo.describeTable(request).table();
        } catch (ResourceNotFoundException e) {
            throw new PortException(
                    form.subject() + ": no such table in this account and region; create it, or correct "
                            + form.setting() + " or the region",
                    e);
        } catch (SdkException e) {
            return List.of();
        }
        return form.differences(table);
    }
}
