package dev.imagemirror.operator.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.imagemirror.testing.TestingRegistry;
import dev.imagemirror.testing.image.LayerKind;
import dev.imagemirror.testing.image.TestingImage;
import dev.imagemirror.testing.image.TestingImages;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * {@code make demo}: two registries, two mirrors declared in YAML, and the operator as a process of its own: they
 * converge, the source changes, the drift is found and healed. Exit code 0 if all that was seen, else 1.
 */
public final class OperatorDemo {
    private static final int LAYER_BYTES = 2 * 1024 * 1024;
    private static final long LIMIT_SECONDS = 60;
    private static final Pattern DASHBOARD = Pattern.compile("dashboard at (\\S+)");
    private static final Map<String, String> SETTINGS = Map.of(
            "MIRROR_OPERATOR_JOBS_MODE", "local",
            "MIRROR_OPERATOR_JOBS_POLL", "200ms",
            "MIRROR_OPERATOR_LOOP_INTERVAL", "1s",
            "MIRROR_OPERATOR_REGISTRIES_SWEEP_WINDOW", "0s",
            "MIRROR_OPERATOR_REGISTRIES_LOOPBACK", "localhost,127.0.0.1",
            "MIRROR_OPERATOR_WEB_PORT", "0");

    private final PrintStream out;
    private final Path directory;
    private final TestingRegistry first =
            TestingRegistry.builder().rateLimit(5_000, Duration.ofHours(6)).start();
    private final TestingRegistry second = TestingRegistry.start();
    private OperatorProcess operator;

    private OperatorDemo(PrintStream out, Path directory) {
        this.out = out;
        this.directory = directory;
    }

    /** Runs the demo. */
    public static void main(String[] arguments) throws Exception {
        Path directory = Files.createTempDirectory("mirror-demo");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(directory)));
        System.exit(new OperatorDemo(System.out, directory).run() ? 0 : 1);
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException e) {
            System.err.println("demo: cannot delete " + directory + ": " + e);
        }
    }

    private boolean run() throws Exception {
        try (LocalTables tables = LocalTables.start(null)) {
            tables.create("ImageMirrorTable", "ImageMirrorStatusTable");
            Map<String, String> environment = new HashMap<>(tables.environment());
            environment.putAll(SETTINGS);
            operator = new OperatorProcess(environment);
            return show();
        } finally {
            first.close();
            second.close();
        }
    }

    private boolean show() throws IOException, InterruptedException {
        TestingImage image = TestingImages.multiPlatform(LayerKind.GZIP, 2, 3, LAYER_BYTES, 1);
        image.putInto(first, "library/hello", "1.0");
        TestingImages.small(2).putInto(first, "team/app", "2.1.0");
        TestingImages.small(3).putInto(first, "team/app", "2.2.0");
        out.printf(
                "1. Two registries are running in this process. %s has hello:1.0 for two platforms%n",
                first.authority());
        out.printf("   and tags 2.1.0 and 2.2.0 of an app. %s and the mirror table are empty.%n%n", second.authority());
        Path mirrors = Files.writeString(directory.resolve("mirrors.yaml"), policy());
        out.println("2. The mirrors are declared in YAML:\n");
        policy().lines().forEach(line -> out.println("   " + line));
        boolean applied = command("apply", "-f", mirrors.toString());
        out.println("3. The operator starts. It compares digests and copies what is missing:\n");
        Path log = directory.resolve("operator.log");
        Process process = operator.start(log.toFile(), "run");
        try {
            boolean converged = awaitSync(null)
                    && image.differences(second, "mirror/hello", "1.0").isEmpty();
            command("status");
            boolean healed = converged && changeAndHeal(log);
            boolean good = applied && converged && healed;
            out.println(good ? verdict() : "The demo failed. The operator's log:\n" + Files.readString(log));
            keep(log);
            return good;
        } finally {
            OperatorProcess.stop(process);
        }
    }

    private boolean changeAndHeal(Path log) throws IOException, InterruptedException {
        TestingImage changed = TestingImages.multiPlatform(LayerKind.GZIP, 2, 3, LAYER_BYTES, 4);
        long logged = Files.size(log);
        changed.putInto(first, "library/hello", "1.0");
        out.printf("4. Someone pushes a new hello:1.0: %s%n", changed.digest());
        out.println("   The operator detects the drift and copies the new image:\n");
        boolean healed = awaitSync(changed.digest())
                && changed.differences(second, "mirror/hello", "1.0").isEmpty();
        Files.readString(log).substring((int) logged).lines().forEach(line -> out.println("   " + line));
        out.println();
        command("explain", first.reference("library/hello", "1.0"));
        return healed;
    }

    private static String verdict() {
        return "All manifests and blobs are identical in both registries, before and after the change.";
    }

    private String policy() {
        return """
            apiVersion: imagemirror.dev/v1alpha1
            kind: MirrorPolicy
            metadata:
              name: demo
            spec:
              mirrors:
                - source: %s
                  destinations: ["%s"]
                - source: %s/team/app
                  destinations: ["%s/mirror/app"]
                  tags:
                    semver: ">=2.0.0"
            """.formatted(
                        first.reference("library/hello", "1.0"),
                        second.reference("mirror/hello", "1.0"),
                        first.authority(),
                        second.authority());
    }

    /** Waits until all is in sync, hello:1.0 at {@code digest} if that is not null. */
    private boolean awaitSync(String digest) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (System.nanoTime() < end) {
            JsonNode status = new ObjectMapper()
                    .readTree(operator.run("status", "-o", "json").out());
            if (isInSync(status, digest)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isInSync(JsonNode status, String digest) {
        JsonNode entries = status.path("entries");
        boolean ready = entries.size() == 2;
        boolean seen = digest == null;
        for (JsonNode entry : entries) {
            ready &= entry.path("ready").asText().equals("True");
            for (JsonNode pair : entry.path("pairs")) {
                seen |= pair.path("destinationDigest").asText().equals(digest);
            }
        }
        return ready && seen;
    }

    private boolean command(String... arguments) throws IOException, InterruptedException {
        out.println("   $ mirror-operator " + String.join(" ", List.of(arguments)));
        OperatorProcess.Result result = operator.run(arguments);
        result.out().lines().forEach(line -> out.println("   " + line));
        out.println();
        return result.exit() == 0;
    }

    private void keep(Path log) throws IOException, InterruptedException {
        if ("1".equals(System.getenv("KEEP"))) {
            out.println("Everything keeps running until Ctrl-C. Some things to try:");
            DASHBOARD
                    .matcher(Files.readString(log))
                    .results()
                    .forEach(address -> out.println("  dashboard: " + address.group(1)));
            out.println("  curl http://" + second.authority() + "/v2/mirror/hello/tags/list");
            out.println("In another terminal, to use the demo's tables:");
            out.println("  " + operator.export());
            out.println("  operator/target/mirror-operator/bin/mirror-operator status --watch");
            Thread.currentThread().join();
        }
    }
}
