package dev.imagemirror.testing.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** A request body of known length; an end before it is an error. */
final class FixedLengthInput extends BodyFilter {
    private long left;

    FixedLengthInput(InputStream in, long length) {
        super(in);
        this.left = length;
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
}
