package dev.imagemirror.worker.progress;

import dev.imagemirror.copy.DestinationReport;
import dev.imagemirror.copy.SilentCopyListener;
import java.io.PrintStream;

/** Shows errors only. */
final class QuietProgress extends SilentCopyListener implements Progress {
    private final PrintStream err;

    QuietProgress(PrintStream err) {
        this.err = err;
    }

    @Override
    public void destinationDone(DestinationReport report) {
        if (report.error() != null) {
            err.println(Lines.destination(report));
        }
    }

    @Override
    public void close() {
        // nothing is open
    }
}
