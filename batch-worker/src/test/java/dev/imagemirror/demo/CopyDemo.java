package dev.imagemirror.demo;

import dev.imagemirror.testing.TestingRegistry;
import dev.imagemirror.testing.image.LayerKind;
import dev.imagemirror.testing.image.TestingImage;
import dev.imagemirror.testing.image.TestingImages;
import dev.imagemirror.worker.Main;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Shows the main job on a bare machine: starts five registries in this process, puts a two-platform image into the first,
 * runs {@code mirror} as a person would, and checks every byte at the destinations. Exit code 0 if all were equal.
 */
public final class CopyDemo {
    private static final int DESTINATIONS = 4;
    private static final int LAYER_BYTES = 4 * 1024 * 1024;
    private static final long SEED = 17;

    private final PrintStream out;

    private CopyDemo(PrintStream out) {
        this.out = out;
    }

    /** Runs the demo. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        System.exit(new CopyDemo(System.out).run() ? 0 : 1);
    }

    private boolean run() throws IOException, InterruptedException {
        List<TestingRegistry> registries =
                Stream.generate(TestingRegistry::start).limit(1 + DESTINATIONS).toList();
        try {
            TestingRegistry first = registries.get(0);
            TestingImage image = TestingImages.multiPlatform(LayerKind.GZIP, 2, 3, LAYER_BYTES, SEED);
            image.putInto(first, "library/hello", "1.0");
            out.printf(
                    "1. Five registries are running in this process. %s has hello:1.0 for two platforms, %.1f MiB.%n%n",
                    first.authority(), image.blobBytes() / 1048576.0);
            out.println("2. Copying the image to the other four. Each layer is read once from the source:");
            boolean copied = mirror(registries);
            report(registries, image);
            out.println("3. Copying again. All digests match, so this takes one HEAD request per registry:");
            registries.forEach(TestingRegistry::clearRequests);
            boolean again = mirror(registries);
            long requests = registries.stream()
                    .mapToLong(registry -> registry.requests().size())
                    .sum();
            out.printf("   %d requests in total.%n%n", requests);
            List<String> differences = differences(registries, image);
            differences.forEach(difference -> out.println("   DIFFERENT: " + difference));
            boolean good = copied && again && differences.isEmpty();
            out.println(good ? "All manifests and blobs are identical at all four destinations." : "The demo failed.");
            keep(registries);
            return good;
        } finally {
            registries.forEach(TestingRegistry::close);
        }
    }

    private boolean mirror(List<TestingRegistry> registries) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>();
        registries.forEach(registry -> arguments.add(registry.reference("library/hello", "1.0")));
        out.println("   $ mirror " + String.join(" ", arguments));
        String java = System.getProperty("java.home") + "/bin/java";
        List<String> command =
                new ArrayList<>(List.of(java, "-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(arguments);
        int exit = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        out.println("   exit code " + exit);
        return exit == 0;
    }

    private void report(List<TestingRegistry> registries, TestingImage image) {
        long sent =
                registries.get(0).requests("GET", "/v2/library/hello/blobs/.+").size();
        out.printf(
                "   %d distinct blobs, %d reads from the source for four destinations.%n%n",
                image.blobs().stream().map(blob -> blob.digest()).distinct().count(), sent);
    }

    private static List<String> differences(List<TestingRegistry> registries, TestingImage image) {
        return registries.stream()
                .flatMap(registry -> image.differences(registry, "library/hello", "1.0").stream()
                        .map(difference -> registry.authority() + " " + difference))
                .toList();
    }

    private void keep(List<TestingRegistry> registries) throws InterruptedException {
        if (!"1".equals(System.getenv("KEEP"))) {
            return;
        }
        out.println("The registries keep running until Ctrl-C. Some things to try:");
        out.println("  curl http://" + registries.get(1).authority() + "/v2/library/hello/tags/list");
        Thread.currentThread().join();
    }
}
