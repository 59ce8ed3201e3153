package dev.imagemirror.operator.bench;

import dev.imagemirror.e2e.Peers;
import java.io.IOException;
import java.util.List;

/** Commands that a benchmark runs. */
final class Shell {
    private Shell() {}

    static String version(String... command) throws IOException, InterruptedException {
        return Peers.run(List.of(command)).output().lines().findFirst().orElse("");
    }

    /** The number that follows the label in a program's report. */
    static double number(String report, String label) {
        for (String line : report.lines().toList()) {
            int at = line.indexOf(label);
            if (at >= 0) {
                return Double.parseDouble(
                        line.substring(at + label.length()).strip().split("[^0-9.]", 2)[0]);
            }
        }
        throw new IllegalStateException("no '" + label + "' in:\n" + report);
    }
}
