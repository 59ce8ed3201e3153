package dev.imagemirror.testing.http;

import java.io.IOException;
import java.io.OutputStream;

/** The bytes of an answer: a length in bytes that is known beforehand and a way to write them. */
public interface ResponseBody {
    /** No byte. */
    ResponseBody EMPTY = of(new byte[0]);

    /** The number of bytes that {@link #writeTo} writes. */
    long length();

    /** Writes all bytes and leaves the stream open. */
    void writeTo(OutputStream out) throws IOException;

    /** A body held in memory; the array is not copied. */
    static ResponseBody of(byte[] bytes) {
        return new ResponseBody() {
            @Override
            public long length() {
                return bytes.length;
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                out.write(bytes);
            }
        };
    }
}
