package dev.imagemirror.testing.http;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A request body of known length; an end before it is an error. */
final class FixedLengthInput extends FilterInputStream {
    private long left;

    FixedLengthInput(InputStream in, long length) {
        super(in);
        this.left = length;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (left == 0) {
            return -1;
        }
        int count = in.read(buffer, offset, (int) Math.min(length, left));
        if (count < 0) {
            throw new EOFException("body ended " + left + " bytes early");
        }
        left -= count;
        return count;
    }

    @Override
    public void close() {
        // The connection outlives the body.
    }
}
