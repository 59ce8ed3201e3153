package dev.imagemirror.operator.wiring;

import dev.imagemirror.copy.CopySettings;
import dev.imagemirror.copy.RegistryMirrors;
import dev.imagemirror.operator.batch.BatchClients;
import dev.imagemirror.operator.batch.BatchCopyJobQueue;
import dev.imagemirror.operator.batch.BatchProgress;
import dev.imagemirror.operator.batch.BatchSettings;
import dev.imagemirror.operator.config.JobsConfig;
import dev.imagemirror.operator.config.OperatorConfig;
import dev.imagemirror.operator.domain.CopyJob;
import dev.imagemirror.operator.local.LocalCopier;
import dev.imagemirror.operator.local.LocalCopyJobQueue;
import dev.imagemirror.operator.local.LocalSettings;
import dev.imagemirror.operator.local.ScheduledAlarm;
import dev.imagemirror.operator.port.CopyJobQueue;
import dev.imagemirror.operator.port.JobProgress;
import dev.imagemirror.operator.program.Context;
import dev.imagemirror.registry.http.RetryPolicy;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Where copy jobs run, and their progress.
 *
 * @param queue accepts jobs
 * @param own progress of jobs in this process
 * @param progress of the given jobs, without delay: current for this process's jobs, slightly delayed for those on
 *     Batch, from their logs
 */
record JobWiring(
        CopyJobQueue queue,
        Supplier<List<JobProgress>> own,
        Function<Collection<CopyJob>, List<JobProgress>> progress) {
    private static final Duration LOCAL_STOP = Duration.ofSeconds(5);

    /** For commands that only read tables. */
    static JobWiring none() {
        return new JobWiring(new NoCopyJobs(), List::of, jobs -> List.of());
    }

    static JobWiring batch(OperatorConfig config, Probes probes, OpenParts open) {
        JobsConfig.Batch batch = config.jobs().batch();
        BatchSettings settings =
                new BatchSettings(batch.queue(), batch.definition(), batch.logGroup(), jobEnvironment(config));
        BatchClients clients = open.add(BatchClients.standard(probes.aws()));
        BatchProgress progress = open.add(new BatchProgress(settings, clients, System::nanoTime));
        return new JobWiring(new BatchCopyJobQueue(settings, clients), List::of, progress::of);
    }

    static JobWiring local(OperatorConfig config, Context context, RegistryWiring registries, OpenParts open) {
        RetryPolicy retries = RetryPolicy.standard(context.clock(), context.random());
        LocalCopier copier = new LocalCopier(
                () -> registries.copyClient(retries), RegistryMirrors.NONE, CopySettings.standard(retries));
        LocalSettings settings = new LocalSettings(
                config.jobs().limits().local(), LocalSettings.standard().endedJobsKept(), LOCAL_STOP);
        LocalCopyJobQueue queue =
                open.add(new LocalCopyJobQueue(copier, settings, context.clock(), open.add(new ScheduledAlarm())));
        return new JobWiring(queue, queue::progress, jobs -> queue.progress());
    }

    /** Jobs connect on their own, and may reach no more than the operator. */
    private static Map<String, String> jobEnvironment(OperatorConfig config) {
        boolean isPrivateAllowed = config.registries().addresses().isPrivateAllowed();
        return isPrivateAllowed ? Map.of() : Map.of("MIRROR_PRIVATE_ADDRESSES", "false");
    }
}
