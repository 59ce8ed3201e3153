package dev.imagemirror.operator.cli;

import dev.imagemirror.operator.program.Context;
import dev.imagemirror.operator.program.Exit;
import dev.imagemirror.operator.program.Pauses;
import dev.imagemirror.text.Span;
import java.time.Duration;
import java.util.function.IntSupplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code --watch} and {@code --every}: repeats the output, in place on a terminal. */
final class WatchOptions {
    private static final String HOME = "\u001b[H";
    private static final String TO_END_OF_LINE = "\u001b[K";
    private static final String TO_END_OF_SCREEN = "\u001b[J";

    private static final Duration SHORTEST = Duration.ofMillis(100);

    @Option(names = "--watch", description = "Refresh until stopped with Ctrl-C.")
    private boolean watch;

    @Option(
            names = "--every",
            paramLabel = "DURATION",
            description = "Refresh interval with --watch, e.g. 2s or 1m (default: 2s).")
    private String every = "2s";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** Rejects invalid options. */
    void check() {
        period();
    }

    /**
     * Shows once, or until the output is closed.
     *
     * @param first shows, and returns the exit code
     * @param again the same, for repeats
     * @return the last exit code
     */
    int repeat(Context context, IntSupplier first, IntSupplier again) {
        int exitCode = first.getAsInt();
        try {
            while (watch && !context.out().checkError()) {
                Pauses.of(period());
                exitCode = again.getAsInt();
            }
            return exitCode;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Exit.OK;
        }
    }

    /** Overwrites the previous output line by line, to avoid flicker. */
    void print(Context context, String text) {
        context.control(
                watch && context.isTerminal()
                        ? HOME + text.replace("\n", TO_END_OF_LINE + "\n") + TO_END_OF_SCREEN
                        : text);
        context.out().flush();
    }

    private Duration period() {
        try {
            Duration period = Span.parse(every);
            if (period.compareTo(SHORTEST) >= 0) {
                return period;
            }
        } catch (IllegalArgumentException e) {
            // reported below
        }
        throw new ParameterException(
                spec.commandLine(),
                "--every '" + every + "' is invalid; expected a duration of at least 100ms, e.g. 2s");
    }
}
