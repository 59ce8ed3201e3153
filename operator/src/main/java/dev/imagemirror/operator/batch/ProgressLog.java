package dev.imagemirror.operator.batch;

import dev.imagemirror.operator.port.PortException;
import dev.imagemirror.worker.progress.ProgressLine;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.batch.BatchClient;
import software.amazon.awssdk.services.batch.model.JobDetail;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.OutputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

/**
 * Finds in jobs' output how far they are: one call for all jobs, and one for the end of each one's log. Source: AWS Batch
 * API reference, "DescribeJobs"; CloudWatch Logs API reference, "GetLogEvents".
 */
final class ProgressLog {
    /** There is a line every 3 s, with little in between: a line for each destination that is done, warnings. */
    static final int EVENTS = 50;

    private final BatchClient batch;
    private final CloudWatchLogsClient logs;
    private final String group;

    ProgressLog(BatchClients clients, String group) {
        this.batch = clients.reading();
        this.logs = clients.logs();
        this.group = group;
    }

    /**
     * The last line of each job that has one, by the job's id.
     *
     * @param jobIds no more than {@code DescribeJobs} takes, which is 100
     * @throws PortException at the first call that fails; no more are made then
     */
    Map<String, ProgressLine> lastLines(Collection<String> jobIds) throws PortException {
        Map<String, ProgressLine> lines = new LinkedHashMap<>();
        for (JobDetail job : described(jobIds)) {
            BatchJobs.lastLogStream(job).flatMap(this::lastLine).ifPresent(line -> lines.put(job.jobId(), line));
        }
        return lines;
    }

    private List<JobDetail> described(Collection<String> jobIds) {
        try {
            return batch.describeJobs(request -> request.jobs(jobIds)).jobs();
        } catch (SdkException e) {
            throw BatchErrors.of("DescribeJobs", e);
        }
    }

    private Optional<ProgressLine> lastLine(String stream) {
        try {
            List<OutputLogEvent> events = logs.getLogEvents(request -> request.logGroupName(group)
                            .logStreamName(stream)
                            .startFromHead(false)
                            .limit(EVENTS))
                    .events();
            return lastLine(events);
        } catch (ResourceNotFoundException e) {
            return Optional.empty(); // nothing was written yet
        } catch (SdkException e) {
            throw new PortException(BatchErrors.words("logs:GetLogEvents", e), e);
        }
    }

    /** Whatever page is answered, its events are in the order in which they happened. */
    private static Optional<ProgressLine> lastLine(List<OutputLogEvent> events) {
        for (int event = events.size() - 1; event >= 0; event--) {
            String message = events.get(event).message();
            Optional<ProgressLine> line = message == null ? Optional.empty() : ProgressLine.parse(message);
            if (line.isPresent()) {
                return line;
            }
        }
        return Optional.empty();
    }
}
