package dev.imagemirror.operator.bench;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.demo.LocalTables;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.Pair;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.dynamodb.DynamoStatusTable;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * {@code make bench-scale}: what it takes to list tables of 1,000, 10,000 and 100,000 rows, each with a pair, and to
 * index them; each in a new process, whose heap is what a container of 512 MiB gives it.
 */
public final class ScaleBenchmark {
    private static final int[] SIZES = {1_000, 10_000, 100_000};
    private static final int BATCH = 25;
    private static final int LIMIT_MILLIS = 60_000;
    private static final int LIMIT_KIB = 512 * 1024;

    private record Measure(int rows, long millis, int calls, long peakKib) {}

    private final LocalTables tables;
    private final DynamoDbClient client;

    private ScaleBenchmark(LocalTables tables) {
        this.tables = tables;
        this.client = ScaleProbe.client(tables.endpoint(), new AtomicInteger());
    }

    /** Runs all and prints the table. */
    public static void main(String[] arguments) throws Exception {
        List<Measure> measures = new ArrayList<>();
        try (LocalTables tables = LocalTables.start(null)) {
            ScaleBenchmark benchmark = new ScaleBenchmark(tables);
            for (int size : SIZES) {
                System.err.println("filling tables with " + size + " rows");
                benchmark.fill(size);
                measures.add(benchmark.measure(size));
            }
            benchmark.client.close();
        }
        print(measures);
        System.exit(0); // DynamoDB Local leaves threads behind
    }

    private void fill(int size) {
        tables.create("mirrors-" + size, "statuses-" + size);
        Map<String, AttributeValue> pair = pair(size);
        List<WriteRequest> rows = new ArrayList<>();
        List<WriteRequest> pairs = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            AttributeValue source = AttributeValue.fromS(source(i));
            rows.add(put(Map.of("Source", source, "Destination", AttributeValue.fromS(destination(i)))));
            Map<String, AttributeValue> status = new HashMap<>(pair);
            status.put("Source", source);
            status.put("Destination", AttributeValue.fromS(destination(i)));
            pairs.add(put(status));
            if (rows.size() == BATCH || i == size - 1) {
                write("mirrors-" + size, rows);
                write("statuses-" + size, pairs);
            }
        }
    }

    private void write(String table, List<WriteRequest> items) {
        client.batchWriteItem(request -> request.requestItems(Map.of(table, List.copyOf(items))));
        items.clear();
    }

    /** A pair's item as the operator writes it. */
    private Map<String, AttributeValue> pair(int size) {
        DynamoStatusTable statuses =
                new DynamoStatusTable(client, "statuses-" + size, "mirrors-" + size, delay -> {}, new Random());
        statuses.write(PairStatus.fresh(
                new EntryKey(source(0)),
                new Pair(ImageReference.parse(source(0)), ImageReference.parse(destination(0)))));
        return client.scan(request -> request.tableName("statuses-" + size))
                .items()
                .get(0);
    }

    private Measure measure(int size) throws Exception {
        Process probe = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-Xmx358m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ScaleProbe.class.getName(),
                        tables.endpoint(),
                        "mirrors-" + size,
                        "statuses-" + size)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String[] said = new String(probe.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .strip()
                .split(" ", -1);
        if (probe.waitFor() != 0 || Integer.parseInt(said[0]) != size) {
            throw new IllegalStateException("the probe failed: " + String.join(" ", said));
        }
        return new Measure(size, Long.parseLong(said[1]), Integer.parseInt(said[2]), Long.parseLong(said[3]));
    }

    private static void print(List<Measure> measures) {
        Measure last = measures.get(measures.size() - 1);
        System.out.println(LocalDate.now(ZoneOffset.UTC) + ": Java " + System.getProperty("java.version") + "\n");
        System.out.println(Row.header());
        for (Measure measure : measures) {
            String shown =
                    measure.millis() + " ms, " + measure.calls() + " calls, " + measure.peakKib() / 1024 + " MiB";
            System.out.println(
                    Row.number(measure.rows() + " rows listed and indexed", shown, "linear or better", true));
        }
        System.out.println(
                Row.number("100,000 rows: time", last.millis() / 1000 + " s", "≤ 60 s", last.millis() <= LIMIT_MILLIS));
        System.out.println(Row.number(
                "100,000 rows: peak resident memory",
                last.peakKib() / 1024 + " MiB",
                "≤ 512 MiB",
                last.peakKib() <= LIMIT_KIB));
    }

    private static WriteRequest put(Map<String, AttributeValue> item) {
        return WriteRequest.builder()
                .putRequest(PutRequest.builder().item(item).build())
                .build();
    }

    private static String source(int i) {
        return "docker.io/library/image-" + i + ":1";
    }

    private static String destination(int i) {
        return "mirror.example.com/library/image-" + i + ":1";
    }
}
