package dev.imagemirror.operator.domain.decision;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.CopyJob;
import dev.imagemirror.operator.domain.JobReport;

/** How a copy job ended, as far as its queue knows. */
public sealed interface JobEnd {
    /** How the copy to one of its destinations ended. */
    CopyEnd to(ImageReference destination);

    /** The queue no longer knows the job. */
    record Lost() implements JobEnd {
        @Override
        public CopyEnd to(ImageReference destination) {
            return new CopyEnd.Lost();
        }
    }

    /** No report is available: the job was killed, say, or never started. */
    record Silent(CopyJob job) implements JobEnd {
        @Override
        public CopyEnd to(ImageReference destination) {
            return new CopyEnd.Unreported(job);
        }
    }

    /** The job reported the outcome of its destinations. */
    record Reported(CopyJob job, JobReport report) implements JobEnd {
        @Override
        public CopyEnd to(ImageReference destination) {
            return report.of(destination)
                    .<CopyEnd>map(outcome -> new CopyEnd.Reported(job, outcome))
                    .orElseGet(() -> new CopyEnd.Unreported(job));
        }
    }
}
