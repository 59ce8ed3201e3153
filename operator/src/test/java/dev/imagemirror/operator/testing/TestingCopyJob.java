package dev.imagemirror.operator.testing;

import dev.imagemirror.operator.domain.CopyJob;
import dev.imagemirror.operator.domain.CopyJobSpec;
import dev.imagemirror.operator.domain.JobReport;
import java.time.Instant;
import java.util.Optional;

/** A job of {@link TestingCopyJobQueue}, which guards it. */
final class TestingCopyJob {
    private final CopyJobSpec spec;
    private CopyJob seen;
    private JobReport report;

    TestingCopyJob(String id, String name, CopyJobSpec spec, Instant now) {
        this.spec = spec;
        this.seen = new CopyJob(id, name, CopyJob.State.PENDING, "RUNNABLE", now, null, null);
    }

    void start(Instant now) {
        if (seen.state() != CopyJob.State.PENDING) {
            throw new IllegalStateException("not pending: " + seen);
        }
        seen = new CopyJob(seen.id(), seen.name(), CopyJob.State.RUNNING, "RUNNING", seen.createdAt(), now, null);
    }

    void end(CopyJob.State state, String detail, Instant now, JobReport said) {
        if (seen.state().isEnded()) {
            throw new IllegalStateException("ended before: " + seen);
        }
        seen = new CopyJob(seen.id(), seen.name(), state, detail, seen.createdAt(), seen.startedAt(), now);
        report = said;
    }

    CopyJobSpec spec() {
        return spec;
    }

    CopyJob seen() {
        return seen;
    }

    Optional<JobReport> report() {
        return Optional.ofNullable(report);
    }
}
