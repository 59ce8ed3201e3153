package dev.imagemirror.testing.http;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Counts the bytes of an answer's body before they leave. */
final class CountedOutput extends FilterOutputStream {
    private final Exchange exchange;

    CountedOutput(OutputStream out, Exchange exchange) {
        super(out);
        this.exchange = exchange;
    }

    @Override
    public void write(int value) throws IOException {
        exchange.sent(1);
        out.write(value);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        exchange.sent(length);
        out.write(bytes, offset, length);
    }
}
