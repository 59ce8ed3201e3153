package dev.imagemirror.operator.local;

import dev.imagemirror.copy.CopyReport;
import dev.imagemirror.copy.CopyRequest;
import dev.imagemirror.operator.domain.CopyJob;
import dev.imagemirror.operator.domain.JobReport;
import dev.imagemirror.operator.port.JobProgress;
import dev.imagemirror.registry.RegistryClient;
import dev.imagemirror.text.Span;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** State of one job. Thread-safe; an ended job no longer changes. */
final class LocalJob {
    private final String id;
    private final String name;
    private final CopyRequest request;
    private final Duration deadline;
    private final Clock clock;
    private final ProgressCounter progress = new ProgressCounter();
    private CopyJob.State state = CopyJob.State.PENDING;
    private String detail = "waiting for its turn";
    private @Nullable Instant startedAt;
    private @Nullable Instant stoppedAt;
    private @Nullable JobReport report;
    private @Nullable String stopReason;
    private @Nullable Run run;

    /** A running copy. */
    private record Run(Thread thread, RegistryClient client) {
        void breakOff() {
            thread.interrupt();
            client.close();
        }
    }

    LocalJob(String id, String name, CopyRequest request, Duration deadline, Clock clock) {
        this.id = id;
        this.name = name;
        this.request = request;
        this.deadline = deadline;
        this.clock = clock;
    }

    String id() {
        return id;
    }

    CopyRequest request() {
        return request;
    }

    Duration deadline() {
        return deadline;
    }

    ProgressCounter progress() {
        return progress;
    }

    /**
     * Starts the copy on the current thread, which {@link #stop} interrupts.
     *
     * @return false if the job was stopped before
     */
    synchronized boolean begin(RegistryClient copyClient) {
        if (state != CopyJob.State.PENDING) {
            return false;
        }
        state = CopyJob.State.RUNNING;
        detail = "copies";
        startedAt = clock.instant();
        run = new Run(Thread.currentThread(), copyClient);
        return true;
    }

    /** Interrupts the copy and drops its connections, or ends a job that has not started. */
    synchronized void stop(String reason) {
        if (state == CopyJob.State.PENDING) {
            end(CopyJob.State.FAILED, "stopped before it started: " + reason);
        } else if (run != null && stopReason == null) {
            stopReason = reason;
            detail = "stopping: " + reason;
            run.breakOff();
        }
    }

    void stopAtDeadline() {
        stop("its deadline of " + Span.of(deadline) + " has passed");
    }

    /** The copy finished; a stop that came too late to affect it is ignored. */
    synchronized void end(CopyReport copied) {
        report = CopyReports.toJobReport(copied, stopReason);
        if (copied.isComplete()) {
            end(CopyJob.State.SUCCEEDED, "all destinations are in sync with the source");
        } else {
            end(CopyJob.State.FAILED, stopReason != null ? "stopped: " + stopReason : CopyReports.failures(copied));
        }
    }

    /** The copy failed without a report. */
    synchronized void breakOff(Throwable fault) {
        if (!state.isEnded()) {
            end(
                    CopyJob.State.FAILED,
                    stopReason != null ? "stopped: " + stopReason : "internal error; please report it: " + fault);
        }
    }

    /** A job queued here is not stuck: it counts as created when it could start. */
    synchronized CopyJob seen() {
        Instant turn = startedAt != null ? startedAt : stoppedAt != null ? stoppedAt : clock.instant();
        return new CopyJob(id, name, state, detail, turn, startedAt, stoppedAt);
    }

    /** The copy's report, if any. */
    synchronized @Nullable JobReport report() {
        return report;
    }

    JobProgress howFar() {
        return progress.of(seen(), request.destinations().size());
    }

    private void end(CopyJob.State how, String words) {
        state = how;
        detail = words;
        stoppedAt = clock.instant();
        run = null;
    }
}
