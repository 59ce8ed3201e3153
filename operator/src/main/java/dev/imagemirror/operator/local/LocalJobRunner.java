package dev.imagemirror.operator.local;

import dev.imagemirror.copy.ImageCopier;
import dev.imagemirror.registry.RegistryClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Runs copy jobs on the caller's thread, each until it ends or hits its deadline. Thread-safe. */
final class LocalJobRunner {
    private static final Logger LOG = LoggerFactory.getLogger(LocalJobRunner.class);

    /** MDC key for the running job's id. */
    private static final String MDC_KEY = "job";

    private final LocalCopier copier;
    private final Alarm deadlines;
    private final LocalJobs jobs;

    /** @param jobs notified of each end */
    LocalJobRunner(LocalCopier copier, Alarm deadlines, LocalJobs jobs) {
        this.copier = copier;
        this.deadlines = deadlines;
        this.jobs = jobs;
    }

    /** Runs the job, unless already stopped; never throws. */
    void run(LocalJob job) {
        MDC.put(MDC_KEY, job.id());
        try {
            if (!job.seen().state().isEnded()) {
                copy(job);
            }
        } catch (RuntimeException | Error e) {
            LOG.error("Copy job {} failed", job.id(), e);
            job.breakOff(e);
        } finally {
            jobs.ended(job);
            MDC.remove(MDC_KEY);
        }
    }

    private void copy(LocalJob job) {
        try (RegistryClient client = copier.clients().get()) {
            if (!job.begin(client)) {
                return;
            }
            Runnable noDeadline = deadlines.set(job.deadline(), job::stopAtDeadline);
            try {
                ImageCopier images = new ImageCopier(client, copier.mirrors(), copier.settings());
                job.end(images.copy(job.request(), job.progress()));
            } finally {
                noDeadline.run();
            }
        }
    }
}
