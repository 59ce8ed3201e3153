package dev.imagemirror.testing.fault;

import dev.imagemirror.testing.http.BodyFilter;
import java.io.IOException;
import java.io.InputStream;

/** A request body that runs a hook once a number of bytes has passed. */
final class HookedInput extends BodyFilter {
    private final Runnable hook;
    private long left;
    private boolean ran;

    HookedInput(InputStream in, long bytes, Runnable hook) {
        super(in);
        this.left = bytes;
        this.hook = hook;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = in.read(buffer, offset, length);
        left -= Math.max(0, count);
        if (left <= 0 && !ran) {
            ran = true;
            hook.run();
        }
        return count;
    }
}
