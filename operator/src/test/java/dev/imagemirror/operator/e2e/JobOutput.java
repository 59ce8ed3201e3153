package dev.imagemirror.operator.e2e;

import java.time.Clock;
import java.util.List;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.InputLogEvent;

/** Sends the lines of jobs to CloudWatch Logs, as the awslogs driver does. */
final class JobOutput {
    private final CloudWatchLogsClient logs;

    JobOutput(CloudWatchLogsClient logs) {
        this.logs = logs;
    }

    /** Makes the stream in the group, as when a container starts. */
    void open(String group, String stream) {
        logs.createLogStream(request -> request.logGroupName(group).logStreamName(stream));
    }

    /** Adds these lines; CloudWatch takes no empty ones. */
    void write(String group, String stream, List<String> lines) {
        long now = Clock.systemUTC().millis();
        List<InputLogEvent> events = lines.stream()
                .filter(line -> !line.isBlank())
                .map(line ->
                        InputLogEvent.builder().timestamp(now).message(line).build())
                .toList();
        if (!events.isEmpty()) {
            logs.putLogEvents(
                    request -> request.logGroupName(group).logStreamName(stream).logEvents(events));
        }
    }
}
