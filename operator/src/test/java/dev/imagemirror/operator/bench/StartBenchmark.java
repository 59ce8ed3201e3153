package dev.imagemirror.operator.bench;

import dev.imagemirror.e2e.Peers;
import dev.imagemirror.operator.testing.TestingAwsProperties;
import dev.imagemirror.operator.testing.TestingDynamoServer;
import dev.imagemirror.testing.TestingRegistry;
import dev.imagemirror.testing.image.TestingImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How long both commands take to begin: as the launchers ran them once, with an archive of loaded classes, without Java's second
 * compiler, and with both. Processor time, since the machine is not ours alone; each round runs all variants. Argument: rounds.
 */
public final class StartBenchmark {
    private static final String CDS = "-XX:SharedArchiveFile=";
    private static final String C1 = "-XX:TieredStopAtLevel=1";
    private static final String BOTH_COMPILERS = "-XX:TieredStopAtLevel=4";

    private final Path directory = Files.createTempDirectory("start");
    private final Map<String, String> environment = new HashMap<>();

    private StartBenchmark() throws IOException {}

    /** Measures, prints the table, and ends. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
        try (TestingRegistry registry = TestingRegistry.start();
                TestingDynamoServer.Tables tables = TestingDynamoServer.shared().tables()) {
            new StartBenchmark().measure(rounds, registry, tables);
        }
        System.exit(0); // DynamoDB Local has threads of its own
    }

    private void measure(int rounds, TestingRegistry registry, TestingDynamoServer.Tables tables)
            throws IOException, InterruptedException {
        TestingImages.small(1).putInto(registry, "start/app", "1");
        TestingImages.small(1).putInto(registry, "start/copy", "1");
        String source = registry.reference("start/app", "1");
        String destination = registry.reference("start/copy", "1");
        copyPrograms();
        prepare(tables, source, destination);
        System.out.println("| command | as before | archive of classes | one compiler | both |\n|---|---|---|---|---|");
        row("mirror --version", rounds, "mirror", List.of("--version"));
        row("mirror, nothing to do", rounds, "mirror", List.of("--quiet", source, destination));
        row("mirror-operator --version", rounds, "mirror-operator", List.of("--version"));
        row("mirror-operator once, one row in sync", rounds, "mirror-operator", List.of("once"));
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Copies of both distributions, without the archive that make build adds to the worker's. */
    private void copyPrograms() throws IOException, InterruptedException {
        Path project = Peers.projectRoot();
        for (Path program :
                List.of(Path.of("batch-worker/target/mirror"), Path.of("operator/target/mirror-operator"))) {
            Peers.check("cp", "-a", project.resolve(program).toString(), directory.toString());
        }
        Files.deleteIfExists(directory.resolve("mirror/lib/mirror.jsa"));
    }

    private void prepare(TestingDynamoServer.Tables tables, String source, String destination) {
        tables.putRow(source, destination);
        environment.putAll(Map.of(
                "MIRROR_OPERATOR_TABLES_MIRRORS",
                tables.mirrors(),
                "MIRROR_OPERATOR_TABLES_STATUSES",
                tables.statuses(),
                "MIRROR_OPERATOR_JOBS_MODE",
                "local",
                "MIRROR_OPERATOR_REGISTRIES_SWEEP_WINDOW",
                "0s",
                "MIRROR_OPERATOR_REGISTRIES_LOOPBACK",
                "localhost,127.0.0.1",
                "AWS_ENDPOINT_URL",
                TestingDynamoServer.shared().url(),
                "AWS_REGION",
                TestingAwsProperties.REGION,
                "AWS_ACCESS_KEY_ID",
                TestingAwsProperties.ACCESS_KEY,
                "AWS_SECRET_ACCESS_KEY",
                TestingAwsProperties.SECRET_KEY,
                "JAVA_HOME",
                System.getProperty("java.home")));
    }

    private void row(String what, int rounds, String program, List<String> arguments)
            throws IOException, InterruptedException {
        Path archive = directory.resolve(program + arguments.size() + ".jsa");
        seconds(program, List.of("-XX:ArchiveClassesAtExit=" + archive), arguments);
        Map<List<String>, List<Double>> variants = new LinkedHashMap<>();
        variants.put(List.of(BOTH_COMPILERS), new ArrayList<>());
        variants.put(List.of(BOTH_COMPILERS, CDS + archive), new ArrayList<>());
        variants.put(List.of(C1), new ArrayList<>());
        variants.put(List.of(C1, CDS + archive), new ArrayList<>());
        for (int i = 0; i < rounds; i++) {
            for (Map.Entry<List<String>, List<Double>> variant : variants.entrySet()) {
                variant.getValue().add(seconds(program, variant.getKey(), arguments));
            }
        }
        List<Double> medians =
                variants.values().stream().map(StartBenchmark::median).toList();
        StringBuilder line = new StringBuilder("| " + what);
        medians.forEach(median ->
                line.append(String.format(Locale.ROOT, " | %.2f s (%.2f ×)", median, median / medians.get(0))));
        System.out.println(line + " |");
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    /** Processor time of one run, which has to succeed. */
    private double seconds(String program, List<String> options, List<String> arguments)
            throws IOException, InterruptedException {
        boolean isWorker = program.equals("mirror");
        Path times = directory.resolve("times");
        List<String> command = new ArrayList<>(List.of("/usr/bin/time", "-q", "-f", "%U %S", "-o", times.toString()));
        command.add(directory.resolve(program).resolve("bin").resolve(program).toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output").toFile());
        builder.environment().putAll(environment);
        builder.environment()
                .put(isWorker ? "MIRROR_JAVA_OPTS" : "MIRROR_OPERATOR_JAVA_OPTS", String.join(" ", options));
        int exit = builder.start().waitFor();
        if (exit != 0) {
            throw new IOException(
                    command + " ended with " + exit + ":\n" + Files.readString(directory.resolve("output")));
        }
        String[] numbers = Files.readString(times).strip().split(" ", -1);
        return Double.parseDouble(numbers[0]) + Double.parseDouble(numbers[1]);
    }
}
