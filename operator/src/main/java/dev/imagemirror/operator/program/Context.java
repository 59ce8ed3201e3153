package dev.imagemirror.operator.program;

import dev.imagemirror.image.VisibleStream;
import dev.imagemirror.operator.text.StateColor;
import java.io.PrintStream;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.random.RandomGenerator;

/**
 * A command's environment.
 *
 * @param environment environment variables
 * @param out standard output: results
 * @param err standard error: errors and logs
 * @param clock wall clock
 * @param random source of randomness
 * @param isTerminal whether standard output is a terminal
 * @param terminalWidth its current columns; 0 for unlimited
 */
public record Context(
        Map<String, String> environment,
        PrintStream out,
        PrintStream err,
        Clock clock,
        RandomGenerator random,
        boolean isTerminal,
        IntSupplier terminalWidth) {
    /** All output is printable and redacted. */
    public Context {
        out = VisibleStream.over(out);
        err = VisibleStream.over(err);
    }

    /** With unlimited line width. */
    public Context(
            Map<String, String> environment,
            PrintStream out,
            PrintStream err,
            Clock clock,
            RandomGenerator random,
            boolean isTerminal) {
        this(environment, out, err, clock, random, isTerminal, () -> 0);
    }

    /** Prints text unescaped: control sequences and the output of {@link StateColor}. */
    public void control(String text) {
        ((VisibleStream) out).control(text);
    }

    /** A unique name for this process in claims and leases; different on each call. */
    public String newClaimant() {
        byte[] id = new byte[4];
        random.nextBytes(id);
        String host = environment.getOrDefault("HOSTNAME", "local");
        return host + "-" + ProcessHandle.current().pid() + "-" + HexFormat.of().formatHex(id);
    }

    /** True if output may be colored (no-color.org). */
    public boolean isColoured() {
        return isTerminal && environment.getOrDefault("NO_COLOR", "").isEmpty();
    }
}
