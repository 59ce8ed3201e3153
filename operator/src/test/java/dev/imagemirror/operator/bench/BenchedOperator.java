package dev.imagemirror.operator.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code mirror-operator run} as it is built, a process of its own with the heap that a container of 512 MiB gives it. */
final class BenchedOperator implements AutoCloseable {
    private static final Path PROGRAM = Path.of("operator/target/mirror-operator/bin/mirror-operator");
    private static final Pattern PORT = Pattern.compile("dashboard at (http://\\S+)");
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");

    /** 60 % of 512 MiB, which is what the launcher takes. */
    private static final String HEAP = "-Xmx307m";

    private final Process process;
    private final Path log;
    private final long start = System.nanoTime();
    private final HttpClient client = HttpClient.newHttpClient();

    private BenchedOperator(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** @param settings environment variables */
    static BenchedOperator start(Path log, Map<String, String> settings) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(PROGRAM.toString(), "run")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(settings);
        builder.environment()
                .putAll(Map.of(
                        "MIRROR_OPERATOR_JAVA_OPTS", HEAP,
                        "MIRROR_OPERATOR_LOG_LEVEL", "WARN",
                        "MIRROR_OPERATOR_JOBS_MODE", "batch",
                        "MIRROR_OPERATOR_REGISTRIES_LOOPBACK", "localhost,127.0.0.1",
                        "MIRROR_OPERATOR_WEB_PORT", "0"));
        return new BenchedOperator(builder.start(), log);
    }

    /** Since it was started. */
    long millis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }

    /** Waits for so long at most. */
    void until(String what, long seconds, BooleanSupplier condition) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end || !process.isAlive()) {
                throw new IOException("in vain waited for: " + what + ". The operator's log:\n" + said());
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }

    /** True once both tables were listed. */
    boolean isReady() {
        return get("/readyz").statusCode() == 200;
    }

    /** The entries that it knows. */
    int entries() {
        return (int) sum(get("/metrics").body(), "image_mirror_entries{");
    }

    /** Those of them that are in sync. */
    int inSync() {
        return (int) sum(get("/metrics").body(), "image_mirror_entries{state=\"InSync\"}");
    }

    /** Calls of one action to DynamoDB. */
    int calls(String action) {
        return (int) get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("image_mirror_aws_calls_total{"))
                .filter(line -> line.contains("\"" + action + "\""))
                .mapToDouble(BenchedOperator::value)
                .sum();
    }

    /** Passes that were made. */
    int passes() {
        return (int) sum(get("/metrics").body(), "image_mirror_reconcile_seconds_count{");
    }

    private static double sum(String metrics, String prefix) {
        return metrics.lines()
                .filter(line -> line.startsWith(prefix))
                .mapToDouble(BenchedOperator::value)
                .sum();
    }

    private static double value(String line) {
        return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
    }

    /** Peak resident memory in MiB, as Linux tells it. */
    double peakMib() throws IOException {
        return Shell.number(Files.readString(Path.of("/proc/" + process.pid() + "/status")), "VmHWM:") / 1024;
    }

    /** Processor time that it has used so far. */
    long processorMillis() {
        return process.info().totalCpuDuration().orElseThrow().toMillis();
    }

    /** What a full collection leaves of the heap, in MiB. */
    double liveMib() throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/jcmd", "" + process.pid(), "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        String histogram = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher total = TOTAL.matcher(histogram);
        if (jcmd.waitFor() != 0 || !total.find()) {
            throw new IOException("jcmd says:\n" + histogram.lines().limit(20).toList());
        }
        return Long.parseLong(total.group(1)) / 1024.0 / 1024;
    }

    private HttpResponse<String> get(String path) {
        try {
            HttpRequest question =
                    HttpRequest.newBuilder(URI.create(url()).resolve(path)).build();
            return client.send(question, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException("no answer from the operator, whose log is:\n" + said(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String said() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return "not there: " + e;
        }
    }

    /** Where it answers. */
    void awaitPort() throws IOException {
        until("its port", 60, () -> url() != null);
    }

    private String url() {
        try (var lines = Files.lines(log)) {
            return lines.map(PORT::matcher)
                    .filter(Matcher::find)
                    .map(found -> found.group(1))
                    .findFirst()
                    .orElse(null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
