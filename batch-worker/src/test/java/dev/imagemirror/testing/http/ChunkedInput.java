package dev.imagemirror.testing.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** A request body in chunks (RFC 9112 section 7.1); trailers are read and dropped. */
final class ChunkedInput extends BodyFilter {
    private static final int LAST = -1;

    private long left;
    private boolean first = true;

    ChunkedInput(InputStream in) {
        super(in);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (left == 0) {
            nextChunk();
        }
        if (left == LAST) {
            return -1;
        }
        int count = in.read(buffer, offset, (int) Math.min(length, left));
        if (count < 0) {
            throw new EOFException("body ended inside a chunk");
        }
        left -= count;
        return count;
    }

    private void nextChunk() throws IOException {
        if (!first) {
            line();
        }
        first = false;
        left = Long.parseLong(line().split(";", 2)[0].strip(), 16);
        if (left == 0) {
            left = LAST;
            String trailer = line();
            while (!trailer.isEmpty()) {
                trailer = line();
            }
        }
    }

    private String line() throws IOException {
        String line = RequestHead.readLine(in);
        if (line == null) {
            throw new EOFException("body ended between two chunks");
        }
        return line;
    }
}
