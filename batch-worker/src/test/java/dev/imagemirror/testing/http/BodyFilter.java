package dev.imagemirror.testing.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Base of request bodies, which are read in pieces; the connection outlives them. */
public abstract class BodyFilter extends FilterInputStream {
    /** @param in what is read */
    protected BodyFilter(InputStream in) {
        super(in);
    }

    @Override
    public final int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public abstract int read(byte[] buffer, int offset, int length) throws IOException;

    @Override
    public final void close() {}
}
