package dev.imagemirror.bench;

import dev.imagemirror.e2e.Peers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** What a benchmark ran on. */
final class Machine {
    private Machine() {}

    static String describe() throws IOException, InterruptedException {
        return "%s: %s, %d cores, %s, Linux %s, Java %s, %s, %s."
                .formatted(
                        LocalDate.now(ZoneOffset.UTC),
                        value("/proc/cpuinfo", "model name"),
                        Runtime.getRuntime().availableProcessors(),
                        value("/proc/meminfo", "MemTotal"),
                        System.getProperty("os.version"),
                        System.getProperty("java.version"),
                        version("skopeo", "--version"),
                        version("docker-registry", "--version"));
    }

    private static String value(String file, String key) throws IOException {
        for (String line : Files.readAllLines(Path.of(file))) {
            if (line.startsWith(key)) {
                return line.substring(line.indexOf(':') + 1).trim();
            }
        }
        return "unknown " + key;
    }

    private static String version(String... command) throws IOException, InterruptedException {
        return Peers.run(List.of(command)).output().trim();
    }
}
