package dev.imagemirror.operator.batch;

import dev.imagemirror.operator.domain.JobReport;
import dev.imagemirror.operator.port.PortException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.OutputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

/**
 * Finds the report in a job's output: the last line of its kind, read from the end page by page. Source: CloudWatch
 * Logs API reference, "GetLogEvents".
 */
final class JobLog {
    private static final int EVENTS_AT_ONCE = 1000;
    /** The report is the worker's last line of standard output; what follows is little. */
    private static final int MOST_PAGES = 20;
    /** More than any report: 30 destinations, each with an error of several lines. */
    private static final int LONGEST_REPORT = 256 * 1024;

    private final CloudWatchLogsClient logs;
    private final String group;

    JobLog(CloudWatchLogsClient logs, String group) {
        this.logs = logs;
        this.group = group;
    }

    /** The report in this stream; none if the stream does not exist, as for a container that never started. */
    Optional<JobReport> report(String stream) throws PortException {
        try {
            return reportText(stream).flatMap(ReportParser::parse);
        } catch (ResourceNotFoundException e) {
            if (isOfGroup(e)) {
                throw new PortException(
                        "log group not found: " + group
                                + " (in this account and region); correct jobs.logGroup, or make the"
                                + " job definition log to it",
                        e);
            }
            return Optional.empty();
        } catch (SdkException e) {
            throw new PortException(BatchErrors.words("logs:GetLogEvents", e), e);
        }
    }

    /** The service has one error for both; its message says "The specified log group does not exist." or "log stream". */
    private static boolean isOfGroup(ResourceNotFoundException e) {
        return e.getMessage() != null && e.getMessage().contains("log group");
    }

    private Optional<String> reportText(String stream) {
        StringBuilder after = new StringBuilder();
        String token = null;
        for (int page = 0; page < MOST_PAGES; page++) {
            GetLogEventsResponse answer = page(stream, token);
            Optional<String> found = lastReport(answer.events(), after);
            // only an unchanged token says that this is the beginning: pages may be empty in between
            if (found.isPresent()
                    || answer.nextBackwardToken() == null
                    || answer.nextBackwardToken().equals(token)) {
                return found;
            }
            token = answer.nextBackwardToken();
        }
        return Optional.empty();
    }

    private GetLogEventsResponse page(String stream, @Nullable String token) {
        return logs.getLogEvents(request -> request.logGroupName(group)
                .logStreamName(stream)
                .startFromHead(false)
                .limit(EVENTS_AT_ONCE)
                .nextToken(token));
    }

    /**
     * The report's line, with the lines after it: log drivers cut a long line (Docker: 16 KiB) into several events.
     *
     * @param after what follows the events; they are put before it
     */
    private static Optional<String> lastReport(List<OutputLogEvent> events, StringBuilder after) {
        for (int event = events.size() - 1; event >= 0; event--) {
            String message = events.get(event).message();
            if (message == null) {
                continue;
            }
            after.insert(0, message);
            after.setLength(Math.min(after.length(), LONGEST_REPORT));
            if (message.startsWith(ReportParser.PREFIX)) {
                return Optional.of(after.toString());
            }
        }
        return Optional.empty();
    }
}
