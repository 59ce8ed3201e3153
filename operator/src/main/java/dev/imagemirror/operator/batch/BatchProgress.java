package dev.imagemirror.operator.batch;

import dev.imagemirror.operator.domain.CopyJob;
import dev.imagemirror.operator.port.JobProgress;
import dev.imagemirror.thread.DaemonThreads;
import dev.imagemirror.worker.progress.ProgressLine;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far jobs on AWS Batch are, as their logs say. Logs are read in the background, and only as long as somebody asks:
 * AWS limits {@code GetLogEvents} for the account and region, and means it for people who look, not for programs (AWS
 * re:Post Knowledge Center, "How do I determine throttling in my CloudWatch logs?"). A round is 11 calls at most, 10 s
 * apart. Thread-safe; the clients stay the caller's to close, afterwards.
 */
public final class BatchProgress implements AutoCloseable {
    static final int JOBS_A_ROUND = 10;
    static final Duration BETWEEN_ROUNDS = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(BatchProgress.class);

    private final ProgressLog log;
    private final Executor reader;
    private final LongSupplier nanoTime;
    private final Map<String, ProgressLine> known = new HashMap<>();
    private boolean isReading;
    private boolean hasRead;
    private long readAt;
    private boolean hasFailed;
    private boolean isClosed;

    /**
     * Reads nothing yet.
     *
     * @param nanoTime a monotonic clock, in nanoseconds
     */
    public BatchProgress(BatchSettings settings, BatchClients clients, LongSupplier nanoTime) {
        this(
                new ProgressLog(clients, settings.logGroup()),
                Executors.newSingleThreadExecutor(new DaemonThreads("batch-progress")),
                nanoTime);
    }

    BatchProgress(ProgressLog log, Executor reader, LongSupplier nanoTime) {
        this.log = log;
        this.reader = reader;
        this.nanoTime = nanoTime;
    }

    /**
     * What was read last, at once, oldest job first; jobs that nothing is known of are left out. How many destinations are
     * done no log says.
     *
     * @param jobs all that are known: what is not among them, or does not run, is forgotten
     */
    public synchronized List<JobProgress> of(Collection<CopyJob> jobs) {
        List<CopyJob> running = jobs.stream()
                .filter(job -> job.state() == CopyJob.State.RUNNING)
                .sorted(BatchJobs.OLDEST_FIRST)
                .toList();
        known.keySet().retainAll(running.stream().map(CopyJob::id).collect(Collectors.toSet()));
        if (!running.isEmpty() && isDue()) {
            isReading = true;
            List<String> oldest =
                    running.stream().limit(JOBS_A_ROUND).map(CopyJob::id).toList();
            reader.execute(() -> read(oldest));
        }
        return running.stream()
                .flatMap(job -> Stream.ofNullable(known.get(job.id())).map(line -> progress(job, line)))
                .toList();
    }

    private boolean isDue() {
        return !isClosed && !isReading && (!hasRead || nanoTime.getAsLong() - readAt >= BETWEEN_ROUNDS.toNanos());
    }

    private void read(List<String> jobIds) {
        try {
            learn(log.lastLines(jobIds));
        } catch (RuntimeException e) {
            fail(e);
        } finally {
            ended();
        }
    }

    private synchronized void learn(Map<String, ProgressLine> lines) {
        known.putAll(lines);
        hasFailed = false;
    }

    /** Progress that can no longer be read must not look like a stalled copy. */
    private synchronized void fail(RuntimeException fault) {
        known.clear();
        if (isClosed) {
            return;
        }
        if (hasFailed) {
            LOG.debug("copy job progress still cannot be read: {}", fault.getMessage());
        } else {
            LOG.info("copy job progress cannot be read: {}", fault.getMessage());
        }
        hasFailed = true;
    }

    private synchronized void ended() {
        isReading = false;
        hasRead = true;
        readAt = nanoTime.getAsLong();
    }

    private static JobProgress progress(CopyJob job, ProgressLine line) {
        return new JobProgress(
                job,
                line.blobs(),
                line.blobsDone(),
                line.bytes(),
                line.bytesDone(),
                JobProgress.UNKNOWN,
                JobProgress.UNKNOWN);
    }

    /** Reads no more. */
    @Override
    public synchronized void close() {
        isClosed = true;
        if (reader instanceof ExecutorService threads) {
            threads.shutdownNow();
        }
    }
}
