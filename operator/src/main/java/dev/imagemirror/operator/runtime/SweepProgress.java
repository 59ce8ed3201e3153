package dev.imagemirror.operator.runtime;

import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.port.JobProgress;
import dev.imagemirror.operator.text.Amounts;
import dev.imagemirror.text.ByteSize;
import dev.imagemirror.thread.DaemonThreads;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Logs a run's progress periodically, for users waiting for thousands of passes or for gigabytes. Thread-safe. */
final class SweepProgress implements AutoCloseable {
    private final Set<EntryKey> all;
    private final Set<EntryKey> done = ConcurrentHashMap.newKeySet();
    private final Supplier<List<JobProgress>> jobs;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(new DaemonThreads("progress"));

    /**
     * Starts.
     *
     * @param jobs those of this process
     * @param every interval between lines, also before the first
     */
    SweepProgress(Collection<EntryKey> all, Supplier<List<JobProgress>> jobs, PrintStream err, Duration every) {
        this.all = Set.copyOf(all);
        this.jobs = jobs;
        ScheduledFuture<?> unused = timer.scheduleAtFixedRate(
                () -> err.println("mirror-operator: " + line()),
                every.toMillis(),
                every.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** The entry's pass has ended, successfully or not. */
    void ended(EntryKey key) {
        if (all.contains(key)) {
            done.add(key);
        }
    }

    private String line() {
        String entries = done.size() + " of " + Amounts.count(all.size(), "entry", "entries") + " done";
        List<JobProgress> running =
                jobs.get().stream().filter(job -> !job.job().state().isEnded()).toList();
        if (running.isEmpty()) {
            return entries;
        }
        long moved = running.stream().mapToLong(JobProgress::bytesDone).sum();
        long bytes = running.stream().mapToLong(JobProgress::bytes).sum();
        return entries + "; " + Amounts.count(running.size(), "copy job", "copy jobs") + ", " + ByteSize.of(moved)
                + " of " + ByteSize.of(bytes);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
