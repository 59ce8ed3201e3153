package dev.imagemirror.operator.bench;

import dev.imagemirror.operator.demo.LocalTables;
import dev.imagemirror.operator.demo.OperatorProcess;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.Phase;
import dev.imagemirror.operator.dynamodb.DynamoStatusTable;
import dev.imagemirror.testing.TestingRegistry;
import dev.imagemirror.testing.image.TestingImages;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * From the edit of a row to its job: {@code mirror-operator run} as a process in local mode, following the stream of
 * DynamoDB Local. Each edit gives a row one more destination. The job has been submitted when the
 * first blob is offered to that destination, so the times include the job's own start.
 */
final class EditLatency {
    private static final String MIRRORS = "ImageMirrorTable";
    private static final String STATUSES = "ImageMirrorStatusTable";
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(120);
    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final int edits;
    private final Path log;
    private final TestingRegistry registry;
    private final DynamoDbClient dynamo;

    private EditLatency(int edits, Path log, TestingRegistry registry, DynamoDbClient dynamo) {
        this.edits = edits;
        this.log = log;
        this.registry = registry;
        this.dynamo = dynamo;
    }

    /** The milliseconds of each edit, in ascending order. */
    static List<Double> measure(int edits, Path directory) throws Exception {
        try (TestingRegistry registry = TestingRegistry.start();
                LocalTables tables = LocalTables.start(null);
                DynamoDbClient dynamo = DynamoDbClient.builder()
                        .httpClientBuilder(UrlConnectionHttpClient.builder())
                        .endpointOverride(URI.create(tables.endpoint()))
                        .region(Region.US_EAST_1)
                        .credentialsProvider(
                                StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                        .build()) {
            tables.create(MIRRORS, STATUSES);
            Map<String, String> environment = new HashMap<>(tables.environment());
            environment.put("MIRROR_OPERATOR_JOBS_MODE", "local");
            environment.put("MIRROR_OPERATOR_REGISTRIES_LOOPBACK", "localhost,127.0.0.1");
            environment.put("MIRROR_OPERATOR_JOBS_POLL", "500ms");
            EditLatency latency = new EditLatency(edits, directory.resolve("operator.log"), registry, dynamo);
            return latency.run(new OperatorProcess(environment));
        }
    }

    private List<Double> run(OperatorProcess operator) throws IOException, InterruptedException {
        for (int i = 0; i < edits; i++) {
            TestingImages.small(i).putInto(registry, "from/app" + i, "1");
            edit(i, destination(i, "first"));
        }
        Process process = operator.start(log.toFile(), "run");
        try {
            until("all rows are in sync", process, this::allInSync, TimeUnit.MILLISECONDS.toNanos(500));
            List<Double> times = new ArrayList<>();
            for (int i = 0; i < edits; i++) {
                times.add(time(i, process));
            }
            return times.stream().sorted().toList();
        } finally {
            OperatorProcess.stop(process);
        }
    }

    private double time(int row, Process process) throws IOException {
        registry.clearRequests();
        long start = System.nanoTime();
        edit(row, destination(row, "first"), destination(row, "second"));
        until(
                "the job of row " + row,
                process,
                () -> !registry.requests("POST", "/v2/second/app" + row + "/blobs/uploads/")
                        .isEmpty(),
                STEP_NANOS);
        return (System.nanoTime() - start) / 1e6;
    }

    private String destination(int row, String repository) {
        return registry.reference(repository + "/app" + row, "1");
    }

    private void edit(int row, String... destinations) {
        dynamo.putItem(request -> request.tableName(MIRRORS)
                .item(Map.of(
                        "Source", AttributeValue.fromS(registry.reference("from/app" + row, "1")),
                        "Destination", AttributeValue.fromSs(List.of(destinations)),
                        "Interval", AttributeValue.fromS("1h"))));
    }

    private boolean allInSync() {
        DynamoStatusTable statuses = new DynamoStatusTable(
                dynamo, STATUSES, MIRRORS, delay -> TimeUnit.NANOSECONDS.sleep(delay.toNanos()), new Random());
        for (int i = 0; i < edits; i++) {
            var pairs = statuses.load(new EntryKey(registry.reference("from/app" + i, "1")))
                    .pairs();
            if (pairs.size() != 1
                    || !pairs.get(0).state().word().equals("InSync")
                    || pairs.get(0).state().phase() != Phase.IDLE) {
                return false;
            }
        }
        return true;
    }

    private interface Condition {
        boolean holds();
    }

    private void until(String what, Process process, Condition condition, long step) throws IOException {
        long end = System.nanoTime() + LIMIT_NANOS;
        while (!condition.holds()) {
            if (System.nanoTime() > end || !process.isAlive()) {
                throw new IOException(
                        "in vain waited for: " + what + ". The operator's log:\n" + Files.readString(log));
            }
            LockSupport.parkNanos(step);
        }
    }
}
