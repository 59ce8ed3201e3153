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
 * What a command gets from the world.
 *
 * @param environment environment variables
 * @param out standard output: answers
 * @param err standard error: errors and logs
 * @param clock wall clock
 * @param random chance
 * @param isTerminal whether somebody looks at standard output as it comes
 * @param terminalWidth columns that there are for it now; 0 for any number
 */
public record Context(
        Map<String, String> environment,
        PrintStream out,
        PrintStream err,
        Clock clock,
        RandomGenerator random,
        boolean isTerminal,
        IntSupplier terminalWidth) {
    /** Whatever is printed can be seen, and has no secrets. */
    public Context {
        out = VisibleStream.over(out);
        err = VisibleStream.over(err);
    }

    /** With lines as long as they are. */
    public Context(
            Map<String, String> environment,
            PrintStream out,
            PrintStream err,
            Clock clock,
            RandomGenerator random,
            boolean isTerminal) {
        this(environment, out, err, clock, random, isTerminal, () -> 0);
    }

    /** Prints what this program made to be printed as it is: control sequences, and what {@link StateColor} gave. */
    public void control(String text) {
        ((VisibleStream) out).control(text);
    }

    /** Names this process in claims and leases, and no other; a new name each time. */
    public String newClaimant() {
        byte[] id = new byte[4];
        random.nextBytes(id);
        String host = environment.getOrDefault("HOSTNAME", "local");
        return host + "-" + ProcessHandle.current().pid() + "-" + HexFormat.of().formatHex(id);
    }

    /** True if answers may be coloured (no-color.org). */
    public boolean isColoured() {
        return isTerminal && environment.getOrDefault("NO_COLOR", "").isEmpty();
    }
}
