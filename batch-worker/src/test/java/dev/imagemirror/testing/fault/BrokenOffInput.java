package dev.imagemirror.testing.fault;

import dev.imagemirror.testing.http.BodyFilter;
import java.io.IOException;
import java.io.InputStream;

/** A request body that gives a number of bytes and then does something else. */
final class BrokenOffInput extends BodyFilter {
    private final Break end;
    private long left;

    BrokenOffInput(InputStream in, long bytes, Break end) {
        super(in);
        this.left = bytes;
        this.end = end;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (left == 0) {
            end.happen();
        }
        int count = in.read(buffer, offset, (int) Math.min(left, length));
        left -= Math.max(0, count);
        return count;
    }
}
