package dev.imagemirror.demo;

import dev.imagemirror.testing.TestingRegistry;
import dev.imagemirror.testing.image.TestingImages;
import java.io.IOException;

/**
 * Gives {@code make-cds} a copy to train with: two registries for as long as the script runs. Arguments: the script, the
 * distribution.
 */
public final class CdsTraining {
    private static final long SEED = 17;

    private CdsTraining() {}

    /** Runs the script; exits with its code. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        try (TestingRegistry source = TestingRegistry.start();
                TestingRegistry destination = TestingRegistry.start()) {
            TestingImages.small(SEED).putInto(source, "train", "1");
            Process script = new ProcessBuilder(
                            "sh",
                            arguments[0],
                            arguments[1],
                            "--quiet",
                            source.reference("train", "1"),
                            destination.reference("train", "1"))
                    .inheritIO()
                    .start();
            int exit = script.waitFor();
            if (exit != 0) {
                System.exit(exit);
            }
        }
    }
}
