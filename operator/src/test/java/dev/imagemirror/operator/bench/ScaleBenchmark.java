package dev.imagemirror.operator.bench;

import dev.imagemirror.operator.demo.LocalTables;
import java.io.File;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * {@code make bench-scale}: what it takes to list and index tables of 1,000, 10,000 and 100,000 rows, each with its pair and
 * what the operator keeps of it, and the first fill of 5,000 rows. The operator is the built program in a process of its own;
 * DynamoDB Local, registry and queue are in this one.
 */
public final class ScaleBenchmark {
    private static final long LIST_LIMIT_MILLIS = 60_000;
    private static final long PASSES_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final int LIMIT_MIB = 512;

    /** What one more row may cost from one size to the next, as a multiple of what it cost before that. */
    private static final double TOLERANCE = 1.25;

    /** Times of a machine that does other things too vary more than counts do. */
    private static final double TIME_TOLERANCE = 1.5;

    /** @param processorMillis what the operator itself used of the time; the rest was DynamoDB Local's, and waiting */
    private record Measure(int rows, long millis, long processorMillis, int calls, double liveMib, double peakMib) {}

    private final Path directory;
    private final EqualRegistry registry;
    private final ScaleTables tables;
    private final List<Row> rows = new ArrayList<>();

    private ScaleBenchmark(Path directory, EqualRegistry registry, ScaleTables tables) {
        this.directory = directory;
        this.registry = registry;
        this.tables = tables;
    }

    /** Runs all, tells of each step, and prints the table; {@code --sizes 1000,10000 --fill 500 --out FILE}. */
    public static void main(String[] arguments) throws Exception {
        List<String> words = List.of(arguments);
        List<Integer> sizes = Stream.of(
                        option(words, "--sizes", "1000,10000,100000").split(",", -1))
                .map(Integer::valueOf)
                .toList();
        int fill = Integer.parseInt(option(words, "--fill", "5000"));
        Path directory = Files.createTempDirectory("bench-scale");
        int code = 1; // DynamoDB Local leaves threads behind, so that this process has to be ended in any case
        try (LocalTables local = LocalTables.start(null);
                EqualRegistry registry = new EqualRegistry();
                ScaleTables tables = new ScaleTables(local, registry)) {
            ScaleBenchmark benchmark = new ScaleBenchmark(directory, registry, tables);
            benchmark.firstFill(fill);
            benchmark.sizes(sizes);
            String report = benchmark.report();
            System.out.println(report);
            String out = option(words, "--out", null);
            if (out != null) {
                Files.writeString(Path.of(out), report);
            }
            code = 0;
        } catch (Exception e) {
            say(trace(e));
        } finally {
            try (Stream<Path> files = Files.walk(directory)) {
                files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
            }
            System.exit(code);
        }
    }

    private static String option(List<String> words, String name, String unset) {
        return words.contains(name) ? words.get(words.indexOf(name) + 1) : unset;
    }

    private void firstFill(int count) throws Exception {
        say("first fill of one row, whose items the larger tables repeat");
        try (FirstFill one = new FirstFill(registry, tables)) {
            one.run("one", 1, directory.resolve("one.log"), ScaleBenchmark::say);
        }
        say("first fill of " + count + " rows");
        try (FirstFill fill = new FirstFill(registry, tables)) {
            FirstFill.Result result = fill.run("fill", count, directory.resolve("fill.log"), ScaleBenchmark::say);
            tell(count, result);
        }
    }

    private void tell(int count, FirstFill.Result result) {
        String what = "first fill, " + thousands(count) + " rows of one registry: ";
        number(
                what + "jobs",
                thousands(result.jobs()) + " in " + result.millis() / 1000 + " s",
                "one each",
                result.jobs() == count);
        number(
                what + "jobs at the same time",
                "" + result.mostJobs(),
                "≤ " + FirstFill.JOBS_AT_ONCE,
                result.mostJobs() <= FirstFill.JOBS_AT_ONCE);
        number(
                what + "requests to it at the same time",
                "" + result.mostRequests(),
                "≤ " + FirstFill.REQUESTS_AT_ONCE,
                result.mostRequests() <= FirstFill.REQUESTS_AT_ONCE);
        number(
                what + "most places before or after one's turn",
                "" + result.displaced(),
                "≤ " + FirstFill.AT_ONCE + ", the workers and those called at once",
                result.displaced() <= FirstFill.AT_ONCE);
        double first = result.liveMib().get(0);
        double last = result.liveMib().get(result.liveMib().size() - 1);
        number(
                what + "heap in use after a fifth, and in the end",
                Row.format("%.1f", first) + ", " + Row.format("%.1f MiB", last),
                "≤ " + TOLERANCE + " ×",
                last <= TOLERANCE * first);
        number(what + "peak resident memory", mib(result.peakMib()), "≤ 512 MiB", result.peakMib() <= LIMIT_MIB);
    }

    private void sizes(List<Integer> sizes) throws Exception {
        List<Measure> measures = new ArrayList<>();
        for (int size : sizes) {
            say("filling tables with " + thousands(size) + " rows");
            tables.copies("" + size, size, "one", done -> {
                if (done % 10_000 == 0) {
                    say(thousands(done) + " rows");
                }
            });
            measures.add(measure(size));
            say("" + measures.get(measures.size() - 1));
        }
        measures.forEach(this::tell);
        growth(measures);
        Measure last = measures.get(measures.size() - 1);
        String what = thousands(last.rows()) + " rows: ";
        number(
                what + "time to list and index them, start included",
                Row.format("%.1f s", last.millis() / 1e3),
                "≤ 60 s",
                last.millis() <= LIST_LIMIT_MILLIS);
        number(
                what + "peak resident memory, half a minute of passes included",
                mib(last.peakMib()),
                "≤ 512 MiB",
                last.peakMib() <= LIMIT_MIB);
    }

    private Measure measure(int size) throws Exception {
        Map<String, String> settings = tables.settings("" + size);
        settings.put("MIRROR_OPERATOR_TABLES_STREAM", "false");
        try (BenchedOperator operator = BenchedOperator.start(directory.resolve(size + ".log"), settings)) {
            operator.awaitPort();
            operator.until("its tables", 600, operator::isReady);
            operator.until("all entries", 600, () -> operator.entries() == size);
            long millis = operator.millis();
            long processorMillis = operator.processorMillis();
            int calls = operator.calls("Scan");
            double live = operator.liveMib();
            int before = operator.passes();
            LockSupport.parkNanos(PASSES_NANOS);
            say(thousands(operator.passes() - before) + " passes in half a minute");
            return new Measure(size, millis, processorMillis, calls, live, operator.peakMib());
        }
    }

    private void tell(Measure measure) {
        String shown = Row.format("%.1f s, ", measure.millis() / 1e3)
                + Row.format("%.1f s of processor time, ", measure.processorMillis() / 1e3)
                + measure.calls() + " calls of Scan, "
                + mib(measure.liveMib()) + " of heap in use, peak " + mib(measure.peakMib());
        rows.add(Row.number(thousands(measure.rows()) + " rows listed and indexed", shown, "–", true));
    }

    /** A further row must not cost more than those before it did. */
    private void growth(List<Measure> measures) {
        for (int i = 2; i < measures.size(); i++) {
            Measure[] three = {measures.get(i - 2), measures.get(i - 1), measures.get(i)};
            growth(three, "time", TIME_TOLERANCE, (double) three[0].millis(), (double) three[1].millis(), (double)
                    three[2].millis());
            growth(
                    three,
                    "the operator's processor time",
                    TIME_TOLERANCE,
                    (double) three[0].processorMillis(),
                    (double) three[1].processorMillis(),
                    (double) three[2].processorMillis());
            growth(three, "calls", TOLERANCE, three[0].calls(), three[1].calls(), three[2].calls());
            growth(three, "heap in use", TOLERANCE, three[0].liveMib(), three[1].liveMib(), three[2].liveMib());
        }
    }

    private void growth(Measure[] at, String what, double tolerance, double small, double medium, double large) {
        double before = (medium - small) / (at[1].rows() - at[0].rows());
        double after = (large - medium) / (at[2].rows() - at[1].rows());
        String of = "growth of " + what + ": one more row from " + thousands(at[1].rows()) + " to "
                + thousands(at[2].rows()) + ", beside one from " + thousands(at[0].rows());
        number(
                of,
                Row.format("%.2f ×", after / before),
                "≤ " + tolerance + " × (linear or better)",
                after <= tolerance * before);
    }

    private void number(String what, String shown, String target, boolean met) {
        Row row = Row.number(what, shown, target, met);
        rows.add(row);
        say(row.toString());
    }

    private String report() {
        StringBuilder report = new StringBuilder("%s: %d cores, Linux %s, Java %s.%n%n"
                        .formatted(
                                LocalDate.now(ZoneOffset.UTC),
                                Runtime.getRuntime().availableProcessors(),
                                System.getProperty("os.version"),
                                System.getProperty("java.version")))
                .append(Row.header())
                .append('\n');
        rows.forEach(row -> report.append(row).append('\n'));
        return report.toString();
    }

    private static String trace(Exception failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }

    private static String thousands(int number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String mib(double mib) {
        return Row.format("%.0f MiB", mib);
    }

    private static void say(String what) {
        System.err.println("bench-scale: " + what);
    }
}
