package dev.imagemirror.operator.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.EntryStatus;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.dynamodb.DynamoMirrorTable;
import dev.imagemirror.operator.dynamodb.DynamoStatusTable;
import dev.imagemirror.operator.port.StatusTable;
import dev.imagemirror.operator.program.Context;
import dev.imagemirror.operator.program.Exit;
import dev.imagemirror.operator.testing.TestingAwsProperties;
import dev.imagemirror.operator.testing.TestingCluster;
import dev.imagemirror.operator.testing.TestingDynamoServer;
import dev.imagemirror.operator.text.Output;
import dev.imagemirror.testing.MutableClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The command as it is wired for users, over tables of its own; jobs run in local mode. */
final class TestingCommands implements AutoCloseable {
    final MutableClock clock = MutableClock.atSomeInstant();
    final Map<String, String> environment = new HashMap<>();
    final TestingAwsProperties aws = new TestingAwsProperties();
    private final TestingDynamoServer dynamo = TestingDynamoServer.shared();
    final TestingDynamoServer.Tables tables = dynamo.tables();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private boolean isTerminal;
    private String fault;
    private int width;

    TestingCommands() {
        aws.endpoint("DynamoDb", dynamo.url()).endpoint("DynamoDbStreams", dynamo.url());
        environment.put("MIRROR_OPERATOR_TABLES_MIRRORS", tables.mirrors());
        environment.put("MIRROR_OPERATOR_TABLES_STATUSES", tables.statuses());
        environment.put("MIRROR_OPERATOR_JOBS_MODE", "local");
        environment.put("MIRROR_OPERATOR_JOBS_POLL", "100ms");
        environment.put("MIRROR_OPERATOR_WEB_PORT", "0");
        environment.put("MIRROR_OPERATOR_REGISTRIES_CONNECT_TIMEOUT", "2s");
        environment.put("MIRROR_OPERATOR_REGISTRIES_LOOPBACK", "localhost,127.0.0.1,127.0.0.2,[::1]");
    }

    /** Policies are those of this cluster, and streams alone tell of changes. */
    void follow(TestingCluster cluster) {
        aws.set("kubernetes.master", cluster.url())
                .set("kubernetes.auth.tryKubeConfig", "false")
                .set("kubernetes.auth.tryServiceAccount", "false")
                .set("kubernetes.request.retry.backoffLimit", "0");
        environment.put("MIRROR_OPERATOR_KUBERNETES_CLUSTER", "prod");
        environment.put("MIRROR_OPERATOR_KUBERNETES_LEADER_ELECTION", "false");
        environment.put("MIRROR_OPERATOR_TABLES_RELIST", "1h");
    }

    /** Runs a command and returns its exit code, which its help has to list; what it wrote before is forgotten. */
    int run(String... arguments) {
        out.reset();
        err.reset();
        Context context = new Context(
                environment,
                fault == null ? new PrintStream(out, true, UTF_8) : new Output(new FaultyOutput()),
                new PrintStream(err, true, UTF_8),
                clock,
                new SplittableRandom(7),
                isTerminal,
                () -> width);
        int exitCode = new MirrorOperator(context).run(arguments);
        requireListed(arguments.length == 0 ? "" : arguments[0], exitCode);
        return exitCode;
    }

    private static void requireListed(String command, int exitCode) {
        boolean isStopped = command.equals("run") && exitCode == Exit.OK; // by an interrupt, which no user has
        if (!Examples.of(command).isEmpty()
                && !isStopped
                && !ExitCodes.of(command).containsKey(exitCode)) {
            throw new AssertionError("the help of " + command + " does not list exit code " + exitCode);
        }
    }

    /** Standard output takes nothing from now on. */
    void outputFails(String words) {
        fault = words;
    }

    private final class FaultyOutput extends OutputStream {
        @Override
        public void write(int unused) throws IOException {
            throw new IOException(fault);
        }
    }

    void onTerminal() {
        isTerminal = true;
    }

    void onTerminal(int columns) {
        isTerminal = true;
        width = columns;
    }

    String out() {
        return out.toString(UTF_8);
    }

    String err() {
        return err.toString(UTF_8);
    }

    List<String> lines() {
        return out().lines().toList();
    }

    /** A row made by hand. */
    void putRow(String source, String destination) {
        putRow(source, Map.of("Destination", AttributeValue.fromS(destination)));
    }

    void putRow(String source, Map<String, AttributeValue> attributes) {
        Map<String, AttributeValue> item = new HashMap<>(attributes);
        item.put("Source", AttributeValue.fromS(source));
        dynamo.client().putItem(request -> request.tableName(tables.mirrors()).item(item));
    }

    void removeRow(String source) {
        dynamo.client()
                .deleteItem(request ->
                        request.tableName(tables.mirrors()).key(Map.of("Source", AttributeValue.fromS(source))));
    }

    /** The items of the mirror table by source. */
    Map<String, Map<String, AttributeValue>> rows() {
        Map<String, Map<String, AttributeValue>> rows = new TreeMap<>();
        items(tables.mirrors()).forEach(item -> rows.put(item.get("Source").s(), item));
        return rows;
    }

    /** All items of the status table, in no order. */
    List<Map<String, AttributeValue>> statusItems() {
        return items(tables.statuses());
    }

    /** The one pair of an entry. */
    PairStatus pair(String key) {
        List<PairStatus> pairs = statuses().load(new EntryKey(key)).pairs();
        if (pairs.size() != 1) {
            throw new IllegalStateException("not one pair: " + pairs);
        }
        return pairs.get(0);
    }

    StatusTable statuses() {
        return new DynamoStatusTable(
                dynamo.client(), tables.statuses(), tables.mirrors(), delay -> {}, new SplittableRandom(1));
    }

    DynamoMirrorTable mirrors() {
        return new DynamoMirrorTable(dynamo.client(), tables.mirrors(), delay -> {}, new SplittableRandom(1));
    }

    void put(EntryStatus summary) {
        require(statuses().write(summary));
    }

    /** Puts an attribute into an item of the status table, whatever it means there. */
    void spoil(String source, String item, String attribute, AttributeValue value) {
        dynamo.client()
                .updateItem(request -> request.tableName(tables.statuses())
                        .key(Map.of("Source", AttributeValue.fromS(source), "Destination", AttributeValue.fromS(item)))
                        .updateExpression("SET #attribute = :value")
                        .expressionAttributeNames(Map.of("#attribute", attribute))
                        .expressionAttributeValues(Map.of(":value", value)));
    }

    /** Writes a pair with its claim. */
    void put(PairStatus pair) {
        require(statuses().change(List.of(pair)));
    }

    private static void require(boolean written) {
        if (!written) {
            throw new IllegalStateException("not written");
        }
    }

    private List<Map<String, AttributeValue>> items(String table) {
        List<Map<String, AttributeValue>> items = new ArrayList<>();
        dynamo.client()
                .scanPaginator(request -> request.tableName(table).consistentRead(true))
                .items()
                .forEach(items::add);
        return items;
    }

    @Override
    public void close() {
        tables.close();
        aws.close();
    }
}
