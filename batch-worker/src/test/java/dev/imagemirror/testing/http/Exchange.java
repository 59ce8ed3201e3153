package dev.imagemirror.testing.http;

import java.util.concurrent.atomic.AtomicLong;

/** What happened to one request so far; counted before a byte leaves, so that no client knows more than it. */
final class Exchange {
    private final int sequence;
    private final RequestHead head;
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();
    private volatile int status;

    Exchange(int sequence, RequestHead head) {
        this.sequence = sequence;
        this.head = head;
    }

    void received(int bytes) {
        received.addAndGet(bytes);
    }

    void sent(int bytes) {
        sent.addAndGet(bytes);
    }

    void answered(int code) {
        status = code;
    }

    RecordedRequest snapshot() {
        int mark = head.target().indexOf('?');
        String path = mark < 0 ? head.target() : head.target().substring(0, mark);
        Query query = Query.parse(mark < 0 ? "" : head.target().substring(mark + 1));
        return new RecordedRequest(
                sequence, head.method(), path, query, head.headers(), status, received.get(), sent.get());
    }
}
