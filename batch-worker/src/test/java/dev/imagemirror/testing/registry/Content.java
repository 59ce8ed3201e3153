package dev.imagemirror.testing.registry;

import dev.imagemirror.testing.http.ResponseBody;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Bytes held in segments, so that a large blob is stored as it arrives, without copies or arrays of its whole size.
 * One thread may append; after that any thread may read.
 */
final class Content implements ResponseBody {
    private static final int SMALLEST_SEGMENT = 64 * 1024;
    private static final int SEGMENT = 1024 * 1024;

    private final List<byte[]> segments = new ArrayList<>();
    private long length;

    static Content of(byte[] bytes) {
        Content content = new Content();
        if (bytes.length > 0) {
            content.segments.add(bytes);
        }
        content.length = bytes.length;
        return content;
    }

    /** Appends all of {@code in}; what arrived before a failure is kept, as in an upload that is resumed. */
    void append(InputStream in) throws IOException {
        boolean more = true;
        while (more) {
            more = appendSegment(in);
        }
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        for (byte[] segment : segments) {
            out.write(segment);
        }
    }

    /** The bytes from {@code first} to {@code last}, both included. */
    ResponseBody range(long first, long last) {
        Content whole = this;
        return new ResponseBody() {
            @Override
            public long length() {
                return last - first + 1;
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                whole.write(out, first, last);
            }
        };
    }

    String digest(String prefix) {
        MessageDigest hash = Hashes.algorithm(prefix);
        segments.forEach(hash::update);
        return prefix + ":" + Hashes.hex(hash.digest());
    }

    byte[] toBytes() {
        byte[] bytes = new byte[Math.toIntExact(length)];
        int position = 0;
        for (byte[] segment : segments) {
            System.arraycopy(segment, 0, bytes, position, segment.length);
            position += segment.length;
        }
        return bytes;
    }

    private void write(OutputStream out, long first, long last) throws IOException {
        long start = 0;
        for (byte[] segment : segments) {
            int from = (int) Math.max(0, first - start);
            int to = (int) Math.min(segment.length, last + 1 - start);
            if (from < to) {
                out.write(segment, from, to - from);
            }
            start += segment.length;
        }
    }

    private boolean appendSegment(InputStream in) throws IOException {
        byte[] segment = new byte[(int) Math.max(SMALLEST_SEGMENT, Math.min(SEGMENT, length))];
        int count = 0;
        try {
            while (count < segment.length) {
                int read = in.read(segment, count, segment.length - count);
                if (read < 0) {
                    return false;
                }
                count += read;
            }
            return true;
        } finally {
            keep(segment, count);
        }
    }

    private void keep(byte[] segment, int count) {
        if (count > 0) {
            segments.add(count == segment.length ? segment : Arrays.copyOf(segment, count));
            length += count;
        }
    }
}
