package dev.imagemirror.worker.progress;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.imagemirror.copy.DestinationReport;
import dev.imagemirror.image.Descriptor;
import dev.imagemirror.image.Digest;
import dev.imagemirror.image.ImageReference;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import me.tongfei.progressbar.InteractiveConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Live bars: the total, with rate and time left, and below it one for each active blob. */
final class BarProgress implements Progress {
    /** Narrow enough for any terminal of unknown width. */
    private static final int DEFAULT_WIDTH = 80;

    private static final int PERIOD_MILLIS = 200;
    private static final long MIB = 1024 * 1024;
    /** More bars than this would scroll most terminals. */
    private static final int MAX_BARS = 8;

    /** Unescaped: streams for foreign text escape the sequences that move the cursor. */
    private static final PrintStream TERMINAL =
            new PrintStream(new FileOutputStream(FileDescriptor.err), false, US_ASCII);

    private final PrintStream err;
    private final int width;
    private final UnaryOperator<ProgressBarBuilder> adjust;
    private final Totals totals = new Totals();
    private final Map<Digest, ProgressBar> bars = new HashMap<>();
    private final List<String> results = new ArrayList<>();
    private @Nullable ProgressBar total;

    /** @param columns of the terminal; 0 if unknown */
    BarProgress(PrintStream err, int columns) {
        this(err, columns, UnaryOperator.identity());
    }

    /** @param adjust final changes to each bar, the total's first */
    BarProgress(PrintStream err, int columns, UnaryOperator<ProgressBarBuilder> adjust) {
        this.err = err;
        this.width = columns > 0 ? columns : DEFAULT_WIDTH;
        this.adjust = adjust;
    }

    @Override
    public void resolved(ImageReference source, Digest digest) {
        err.println("copying " + source + (source.digest() == null ? "@" + digest : ""));
    }

    @Override
    public synchronized void planned(Collection<Descriptor> blobs) {
        totals.planned(blobs);
        if (total == null && !blobs.isEmpty()) {
            total = bar("total", totals.snapshot().bytes());
        }
        if (total != null) {
            total.maxHint(totals.snapshot().bytes());
        }
    }

    @Override
    public synchronized void blobStarted(Descriptor blob) {
        totals.started(blob);
        ProgressBar known = bars.get(blob.digest());
        if (known != null) {
            known.stepTo(0);
        } else if (bars.size() < MAX_BARS) {
            bars.put(blob.digest(), bar(blob.digest().hex().substring(0, 12), blob.size()));
        }
    }

    @Override
    public synchronized void blobProgress(Descriptor blob, long bytes) {
        totals.progress(blob, bytes);
        ProgressBar bar = bars.get(blob.digest());
        if (bar != null) {
            bar.stepBy(bytes);
            closeIfComplete(blob, bar);
        }
        showTotal();
    }

    @Override
    public synchronized void blobDone(Descriptor blob, String repository) {
        totals.done(blob); // its bar, if any, shows a read for other destinations
        showTotal();
    }

    @Override
    public synchronized void destinationDone(DestinationReport report) {
        results.add(Lines.destination(report)); // shown below the bars, which would overwrite it
    }

    private void closeIfComplete(Descriptor blob, ProgressBar bar) {
        if (bar.getCurrent() >= blob.size()) {
            bars.remove(blob.digest());
            bar.close();
        }
    }

    private void showTotal() {
        if (total != null) {
            total.stepTo(totals.snapshot().bytesDone());
        }
    }

    private ProgressBar bar(String name, long bytes) {
        ProgressBarBuilder builder = new ProgressBarBuilder()
                .setTaskName(name)
                .setInitialMax(bytes)
                .setUnit("MiB", MIB)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(PERIOD_MILLIS)
                // the library's default opens the terminal through JLine, which takes SIGINT from the JVM: Ctrl-C would
                // end the process before the copy has ended in order and reported
                .setConsumer(new InteractiveConsoleProgressBarConsumer(TERMINAL, width))
                .showSpeed();
        return adjust.apply(builder).build();
    }

    @Override
    public synchronized void close() {
        bars.values().forEach(ProgressBar::close);
        bars.clear();
        if (total != null) {
            total.close();
        }
        results.forEach(err::println);
    }
}
