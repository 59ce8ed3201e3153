package dev.imagemirror.worker.progress;

import dev.imagemirror.copy.DestinationReport;
import dev.imagemirror.image.Descriptor;
import dev.imagemirror.image.Digest;
import dev.imagemirror.image.ImageReference;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Plain lines, a few seconds apart, for logs. */
final class PlainProgress implements Progress {
    private static final int PERIOD_SECONDS = 3;

    private final PrintStream err;
    private final Totals totals = new Totals();
    private final long start = System.nanoTime();
    private ScheduledExecutorService timer;
    private ScheduledFuture<?> ticks;

    PlainProgress(PrintStream err) {
        this.err = err;
    }

    @Override
    public void resolved(ImageReference source, Digest digest) {
        err.println("copying " + source + (source.digest() == null ? "@" + digest : ""));
    }

    @Override
    public synchronized void planned(Collection<Descriptor> blobs) {
        totals.planned(blobs);
        if (timer == null) {
            timer = Executors.newSingleThreadScheduledExecutor(task -> {
                Thread thread = new Thread(task, "progress");
                thread.setDaemon(true);
                return thread;
            });
            ticks = timer.scheduleAtFixedRate(this::tick, PERIOD_SECONDS, PERIOD_SECONDS, TimeUnit.SECONDS);
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
        err.println(line(totals.snapshot(), Duration.ofNanos(System.nanoTime() - start)));
    }

    static String line(Totals.Snapshot now, Duration elapsed) {
        double seconds = Math.max(0.001, elapsed.toMillis() / 1000.0);
        long rate = (long) (now.bytesDone() / seconds);
        String left = rate == 0
                ? ""
                : ", " + Lines.duration(Duration.ofSeconds((now.bytes() - now.bytesDone()) / rate)) + " left";
        long percent = now.bytes() == 0 ? 100 : 100 * now.bytesDone() / now.bytes();
        return percent + "% of " + Lines.size(now.bytes()) + ", " + now.blobsDone() + " of " + now.blobs() + " blobs, "
                + Lines.size(rate) + "/s" + left;
    }

    @Override
    public synchronized void close() {
        if (timer != null) {
            ticks.cancel(false);
            timer.shutdownNow();
        }
    }
}
