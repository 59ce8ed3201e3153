package dev.imagemirror.testing.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** A request body that counts what it read and says {@code 100 Continue} first where that is awaited. */
final class BodyInput extends BodyFilter {
    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);

    private final OutputStream out;
    private final Exchange exchange;
    private boolean continueAwaited;
    private boolean ended;

    private BodyInput(InputStream in, OutputStream out, Exchange exchange, boolean continueAwaited) {
        super(in);
        this.out = out;
        this.exchange = exchange;
        this.continueAwaited = continueAwaited;
    }

    static BodyInput of(RequestHead head, InputStream in, OutputStream out, Exchange exchange) {
        InputStream raw = head.chunked() ? new ChunkedInput(in) : new FixedLengthInput(in, head.contentLength());
        BodyInput body = new BodyInput(raw, out, exchange, head.expectsContinue());
        body.ended = !head.chunked() && head.contentLength() == 0;
        return body;
    }

    /** Whether the client still waits for leave to send; after a final answer it may never send. */
    boolean continueAwaited() {
        return continueAwaited && !ended;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (ended) {
            return -1;
        }
        if (continueAwaited) {
            continueAwaited = false;
            out.write(CONTINUE);
            out.flush();
        }
        int count = in.read(buffer, offset, length);
        if (count < 0) {
            ended = true;
        } else {
            exchange.received(count);
        }
        return count;
    }
}
