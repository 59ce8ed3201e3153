package dev.imagemirror.worker.progress;

import dev.imagemirror.copy.CopyListener;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.IntSupplier;

/** A display of one copy; close it when the copy has ended. */
public interface Progress extends CopyListener, AutoCloseable {
    /** Time between two plain lines. */
    Duration PLAIN_PERIOD = Duration.ofSeconds(3);

    /**
     * The display that suits standard error.
     *
     * @param quiet errors only
     * @param verbose requests are logged in between, which would break live bars
     * @param columns of the terminal, queried only if it is one; 0 if unknown
     */
    static Progress on(PrintStream err, boolean quiet, boolean verbose, IntSupplier columns) {
        if (quiet) {
            return new QuietProgress(err);
        }
        return !verbose && isTerminal()
                ? new BarProgress(err, columns.getAsInt())
                : new PlainProgress(err, new RealTicker(PLAIN_PERIOD));
    }

    @Override
    void close();

    /** True if standard error is a terminal. The JDK can only tell for standard input and output. */
    private static boolean isTerminal() {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
        } catch (IOException | UnsupportedOperationException e) {
            return false; // not Linux: plain lines work everywhere
        }
    }
}
