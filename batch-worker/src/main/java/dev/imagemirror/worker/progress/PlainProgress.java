package dev.imagemirror.worker.progress;

import dev.imagemirror.copy.DestinationReport;
import dev.imagemirror.image.Descriptor;
import dev.imagemirror.image.Digest;
import dev.imagemirror.image.ImageReference;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Collection;

/** Plain lines, every few seconds, for logs. */
final class PlainProgress implements Progress {
    private final PrintStream err;
    private final Ticker ticker;
    private final Totals totals = new Totals();
    private final long start;
    private boolean ticking;

    PlainProgress(PrintStream err, Ticker ticker) {
        this.err = err;
        this.ticker = ticker;
        this.start = ticker.nanoTime();
    }

    @Override
    public void resolved(ImageReference source, Digest digest) {
        err.println("copying " + source + (source.digest() == null ? "@" + digest : ""));
    }

    @Override
    public synchronized void planned(Collection<Descriptor> blobs) {
        totals.planned(blobs);
        if (!ticking) {
            ticking = true;
            ticker.start(this::tick);
        }
    }

    @Override
    public void blobStarted(Descriptor blob) {
        totals.started(blob);
    }

    @Override
    public void blobProgress(Descriptor blob, long bytes) {
        totals.progress(blob, bytes);
    }

    @Override
    public void blobDone(Descriptor blob, String repository) {
        totals.done(blob);
    }

    @Override
    public void destinationDone(DestinationReport report) {
        err.println(Lines.destination(report));
    }

    private void tick() {
        Totals.Snapshot now = totals.snapshot();
        ProgressLine line = new ProgressLine(now.blobs(), now.blobsDone(), now.bytes(), now.bytesDone());
        err.println(line.text(Duration.ofNanos(ticker.nanoTime() - start)));
    }

    @Override
    public void close() {
        ticker.close();
    }
}
