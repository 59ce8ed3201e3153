package dev.imagemirror.worker.progress;

import dev.imagemirror.copy.CopyListener;
import dev.imagemirror.copy.DestinationReport;
import java.io.PrintStream;

/** Shows errors only. */
final class QuietProgress extends CopyListener.Silent implements Progress {
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
