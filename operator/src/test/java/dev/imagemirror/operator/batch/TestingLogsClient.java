package dev.imagemirror.operator.batch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.OutputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

/** CloudWatch Logs with one group, in memory, read backwards. Not for several threads. */
final class TestingLogsClient implements CloudWatchLogsClient {
    static final String GROUP = "/mirror/jobs";

    private final Map<String, List<String>> streams = new HashMap<>();
    private final List<GetLogEventsRequest> requests = new ArrayList<>();
    private int pageSize = 10_000;
    private boolean firstPageEmpty;
    private RuntimeException failure;

    void put(String stream, String... messages) {
        streams.computeIfAbsent(stream, name -> new ArrayList<>()).addAll(Arrays.asList(messages));
    }

    void pageSize(int size) {
        pageSize = size;
    }

    /** The first page has no events, though there are some, which the service reserves the right to. */
    void firstPageEmpty() {
        firstPageEmpty = true;
    }

    /** All requests fail from now on; null ends it. */
    void fail(RuntimeException error) {
        failure = error;
    }

    List<GetLogEventsRequest> requests() {
        return requests;
    }

    /** A token names the index of the first event that came before it; at the beginning it stays the same. */
    @Override
    public GetLogEventsResponse getLogEvents(GetLogEventsRequest request) {
        requests.add(request);
        if (failure != null) {
            throw failure;
        }
        List<String> stream = streams.get(request.logStreamName());
        if (!request.logGroupName().equals(GROUP)) {
            throw missing("group");
        }
        if (stream == null) {
            throw missing("stream");
        }
        if (request.startFromHead()) {
            throw new UnsupportedOperationException("only backwards");
        }
        boolean first = request.nextToken() == null;
        int to = first ? stream.size() : Integer.parseInt(request.nextToken().substring(2));
        int from = first && firstPageEmpty ? to : Math.max(0, to - Math.min(pageSize, request.limit()));
        return GetLogEventsResponse.builder()
                .events(stream.subList(from, to).stream()
                        .map(message ->
                                OutputLogEvent.builder().message(message).build())
                        .toList())
                .nextBackwardToken("b/" + from)
                .nextForwardToken("f/" + to)
                .build();
    }

    private static ResourceNotFoundException missing(String what) {
        return ResourceNotFoundException.builder()
                .statusCode(400)
                .message("The specified log " + what + " does not exist.")
                .build();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {
        // nothing is open
    }
}
