package dev.imagemirror.operator.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * How fast unchanged rows are swept, beside wrk, ab and skopeo on the same registry in the same run, and how soon an
 * edited row has its job. Rounds alternate; medians are compared.
 *
 * <p>Options: {@code --rounds N} (default 3), {@code --edits N} (default 120), {@code --out FILE} (Markdown).
 */
public final class SweepBenchmark {
    private static final int REPOSITORIES = 100;
    private static final int TAGS = 100;
    private static final int PAIRS = REPOSITORIES * TAGS;
    private static final int CONNECTIONS = 16;
    private static final int WRK_SECONDS = 10;
    private static final int AB_REQUESTS = 20_000;

    private final List<Row> rows = new ArrayList<>();
    private final Path directory;

    private SweepBenchmark(Path directory) {
        this.directory = directory;
    }

    /** Runs all, prints the table and, if told, writes it. */
    public static void main(String[] arguments) throws Exception {
        System.setProperty("mirror.operator.log.level", "WARN"); // else it tells of each pair
        List<String> words = List.of(arguments);
        Path directory = Files.createTempDirectory("bench-sweep");
        try {
            SweepBenchmark benchmark = new SweepBenchmark(directory);
            benchmark.sweep(Integer.parseInt(option(words, "--rounds", "3")));
            benchmark.edits(Integer.parseInt(option(words, "--edits", "120")));
            String report = benchmark.report();
            System.out.println(report);
            String out = option(words, "--out", null);
            if (out != null) {
                Files.writeString(Path.of(out), report);
            }
        } finally {
            try (Stream<Path> files = Files.walk(directory)) {
                files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
            }
        }
        System.exit(0); // DynamoDB Local leaves threads behind
    }

    private static String option(List<String> words, String name, String unset) {
        return words.contains(name) ? words.get(words.indexOf(name) + 1) : unset;
    }

    private void sweep(int rounds) throws Exception {
        say("filling a registry with " + 2 * PAIRS + " tags");
        try (FullRegistry registry = FullRegistry.start(directory.resolve("registry"), REPOSITORIES, TAGS);
                InMemorySweep operator = new InMemorySweep(registry, REPOSITORIES)) {
            PeerRates peers = new PeerRates(registry, directory, CONNECTIONS);
            operator.start();
            say("first sweep, which warms up");
            operator.sweep();
            if (operator.pairsInSync() != PAIRS) {
                throw new IllegalStateException(operator.pairsInSync() + " pairs in sync, not " + PAIRS);
            }
            int before = registry.process().requests().size();
            int writes = operator.writes();
            operator.sweep();
            int requests = registry.process().requests().size() - before;
            writes = operator.writes() - writes;
            Rates rates = new Rates();
            for (int round = 1; round <= rounds; round++) {
                say("round " + round + " of " + rounds);
                rates.operator.add(requests / operator.sweep());
                rates.wrk.add(peers.wrk(WRK_SECONDS));
                rates.ab.add(peers.ab(AB_REQUESTS));
                rates.skopeo.add(peers.skopeo());
            }
            rates(rates);
            double each = requests / (double) PAIRS;
            rows.add(Row.number("requests a pair", Row.format("%.2f", each), "2, and the tag lists", each <= 2.05));
            rows.add(Row.number("writes a sweep", String.valueOf(writes), "0", writes == 0));
        }
    }

    private static final class Rates {
        private final List<Double> operator = new ArrayList<>();
        private final List<Double> wrk = new ArrayList<>();
        private final List<Double> ab = new ArrayList<>();
        private final List<Double> skopeo = new ArrayList<>();
    }

    private void rates(Rates rates) {
        double operator = at(rates.operator, 0.5);
        double wrk = at(rates.wrk, 0.5);
        double ab = at(rates.ab, 0.5);
        rows.add(Row.rate(
                "requests, sweep of 10,000 pairs in sync; wrk, same manifests", operator, wrk, wrk >= ab ? 0.8 : 0));
        rows.add(Row.rate("the same; ab, HEAD of one manifest", operator, ab, ab > wrk ? 0.8 : 0));
        rows.add(Row.rate("the same; a loop of skopeo inspect", operator, at(rates.skopeo, 0.5), 15));
    }

    private void edits(int count) throws Exception {
        say(count + " edits");
        List<Double> times = EditLatency.measure(count, directory);
        double median = at(times, 0.5);
        double late = at(times, 0.99);
        rows.add(Row.number("row edit → job, median", Row.format("%.0f ms", median), "≤ 1 s", median <= 1000));
        rows.add(Row.number("row edit → job, 99th percentile", Row.format("%.0f ms", late), "≤ 3 s", late <= 3000));
    }

    /** The quantile by the nearest rank. */
    private static double at(List<Double> values, double quantile) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get(Math.max(0, (int) Math.ceil(quantile * sorted.size()) - 1));
    }

    private String report() throws IOException, InterruptedException {
        StringBuilder report =
                new StringBuilder(machine()).append("\n\n").append(Row.header()).append('\n');
        rows.forEach(row -> report.append(row).append('\n'));
        return report.toString();
    }

    private static String machine() throws IOException, InterruptedException {
        String model = Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown processor");
        return "%s: %s, %d cores, Linux %s, Java %s, %s, %s, %s."
                .formatted(
                        LocalDate.now(ZoneOffset.UTC),
                        model,
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("os.version"),
                        System.getProperty("java.version"),
                        Shell.version("wrk", "-v"),
                        Shell.version("skopeo", "--version"),
                        Shell.version("docker-registry", "--version"));
    }

    private static void say(String what) {
        System.err.println("bench-sweep: " + what);
    }
}
