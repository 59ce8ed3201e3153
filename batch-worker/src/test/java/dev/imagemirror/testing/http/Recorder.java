package dev.imagemirror.testing.http;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** Keeps every request since the last {@link #clear()}; safe for any thread. */
final class Recorder {
    private final List<Exchange> exchanges = new CopyOnWriteArrayList<>();
    private final AtomicInteger sequence = new AtomicInteger();

    Exchange begin(RequestHead head) {
        Exchange exchange = new Exchange(sequence.incrementAndGet(), head);
        exchanges.add(exchange);
        return exchange;
    }

    List<RecordedRequest> requests() {
        return exchanges.stream().map(Exchange::snapshot).toList();
    }

    List<RecordedRequest> requests(String method, String pathRegex) {
        Pattern path = Pattern.compile(pathRegex);
        return requests().stream()
                .filter(request -> method.equals("*") || request.method().equals(method))
                .filter(request -> path.matcher(request.path()).matches())
                .toList();
    }

    void clear() {
        exchanges.clear();
    }
}
