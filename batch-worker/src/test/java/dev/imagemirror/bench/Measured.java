package dev.imagemirror.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One run of a command, as GNU time measures it.
 *
 * @param wallSeconds from start to end
 * @param cpuSeconds user and system time of the command and its children
 * @param peakMib largest resident set of the command, in MiB
 */
record Measured(double wallSeconds, double cpuSeconds, double peakMib) {

    /** Runs {@code command}; it has to succeed. */
    static Measured run(List<String> command) throws IOException, InterruptedException {
        Path times = Files.createTempFile("bench", ".time");
        Path output = Files.createTempFile("bench", ".out");
        try {
            List<String> timed =
                    new ArrayList<>(List.of("/usr/bin/time", "-q", "-f", "%U %S %M", "-o", times.toString()));
            timed.addAll(command);
            long start = System.nanoTime();
            int exit = new ProcessBuilder(timed)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start()
                    .waitFor();
            double wall = (System.nanoTime() - start) / 1e9;
            if (exit != 0) {
                throw new IOException(command + " ended with " + exit + ":\n" + Files.readString(output));
            }
            String[] numbers = Files.readString(times).trim().split(" ", -1);
            return new Measured(
                    wall,
                    Double.parseDouble(numbers[0]) + Double.parseDouble(numbers[1]),
                    Double.parseDouble(numbers[2]) / 1024);
        } finally {
            Files.delete(times);
            Files.delete(output);
        }
    }

    /** Both, one after the other. */
    Measured then(Measured next) {
        return new Measured(
                wallSeconds + next.wallSeconds, cpuSeconds + next.cpuSeconds, Math.max(peakMib, next.peakMib));
    }
}
