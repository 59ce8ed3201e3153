package dev.imagemirror.demo;

import dev.imagemirror.testing.TestingRegistry;
import dev.imagemirror.testing.TestingTls;
import dev.imagemirror.testing.image.TestingImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Gives {@code make-cds} a copy to train with: from one registry to two, one of them over TLS, for as long as the script
 * runs. Arguments: the script, the distribution.
 */
public final class CdsTraining {
    private static final long SEED = 17;

    private CdsTraining() {}

    /** Runs the script; exits with its code. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("make-cds");
        Path ca = TestingTls.shared().writeCaPem(directory);
        try (TestingRegistry source = TestingRegistry.start();
                TestingRegistry plain = TestingRegistry.start();
                TestingRegistry secure = TestingRegistry.builder().tls().start()) {
            TestingImages.small(SEED).putInto(source, "train", "1");
            Process script = new ProcessBuilder(
                            "sh",
                            arguments[0],
                            arguments[1],
                            "--quiet",
                            "--ca-file=" + ca,
                            source.reference("train", "1"),
                            plain.reference("train", "1"),
                            secure.reference("train", "1"))
                    .inheritIO()
                    .start();
            int exit = script.waitFor();
            if (exit != 0) {
                System.exit(exit);
            }
        } finally {
            Files.delete(ca);
            Files.delete(directory);
        }
    }
}
