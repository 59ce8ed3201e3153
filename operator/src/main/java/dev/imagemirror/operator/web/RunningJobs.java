package dev.imagemirror.operator.web;

import dev.imagemirror.operator.domain.Claim;
import dev.imagemirror.operator.domain.CopyJob;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.port.JobProgress;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The copy jobs in flight: claims, claimants and progress. */
final class RunningJobs {
    private static final int MAX = 50;
    private final Map<String, CopyJob> jobs;
    private final Map<String, JobProgress> progress = new HashMap<>();

    RunningJobs(StatusSource.Activity activity) {
        jobs = activity.jobs().get();
        activity.progress().get().forEach(each -> progress.put(each.job().id(), each));
    }

    /** Oldest first, up to a readable number. */
    List<Map<String, Object>> of(Stream<PairStatus> pairs) {
        Map<String, List<PairStatus>> byClaim = pairs.filter(pair -> pair.claim() != null)
                .collect(Collectors.groupingBy(pair -> pair.liveClaim().id()));
        return byClaim.values().stream()
                .sorted(Comparator.comparing((List<PairStatus> claimed) ->
                                claimed.get(0).liveClaim().claimedAt())
                        .thenComparing(claimed -> claimed.get(0).liveClaim().id()))
                .limit(MAX)
                .map(this::job)
                .toList();
    }

    private Map<String, Object> job(List<PairStatus> pairs) {
        Claim claim = pairs.get(0).liveClaim();
        JobProgress far = claim.jobId() == null ? null : progress.get(claim.jobId());
        CopyJob job = far != null ? far.job() : claim.jobId() == null ? null : jobs.get(claim.jobId());
        Fields fields = new Fields()
                .text("name", claim.jobName())
                .text("id", claim.jobId())
                .text("entry", pairs.get(0).entry())
                .text("source", pairs.get(0).pair().source())
                .text("digest", claim.digest())
                .put("destinations", destinations(pairs))
                .text("claimedAt", claim.claimedAt())
                .text("state", job == null ? "SUBMITTED" : job.state());
        if (job != null) {
            fields.text("detail", job.detail()).text("startedAt", job.startedAt());
            fields.text("log", job.log());
        }
        return fields.put("progress", far == null ? null : progress(far)).map();
    }

    private static List<String> destinations(Collection<PairStatus> pairs) {
        return pairs.stream()
                .map(pair -> pair.destination().toString())
                .sorted()
                .toList();
    }

    private static Map<String, Object> progress(JobProgress far) {
        return new Fields()
                .put("blobs", far.blobs())
                .put("blobsDone", far.blobsDone())
                .put("bytes", far.bytes())
                .put("bytesDone", far.bytesDone())
                .put("destinations", known(far.destinations()))
                .put("destinationsDone", known(far.destinationsDone()))
                .map();
    }

    private static @Nullable Integer known(int number) {
        return number == JobProgress.UNKNOWN ? null : number;
    }
}
