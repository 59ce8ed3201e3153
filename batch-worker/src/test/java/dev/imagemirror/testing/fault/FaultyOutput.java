package dev.imagemirror.testing.fault;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** An answer's body on its way out, changed in one of three ways. */
abstract class FaultyOutput extends FilterOutputStream {
    private long position;

    FaultyOutput(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        pass(bytes, offset, length, position);
        position += length;
    }

    abstract void pass(byte[] bytes, int offset, int length, long at) throws IOException;

    /** Writes {@code limit} bytes, flushes them, then breaks. */
    static FaultyOutput brokenOff(OutputStream out, long limit, Break end) {
        return new FaultyOutput(out) {
            @Override
            void pass(byte[] bytes, int offset, int length, long at) throws IOException {
                if (at + length < limit) {
                    out.write(bytes, offset, length);
                    return;
                }
                out.write(bytes, offset, (int) (limit - at));
                out.flush();
                end.happen();
            }
        };
    }

    /** Changes the bytes from {@code first} on, {@code count} of them. */
    static FaultyOutput altered(OutputStream out, long first, long count) {
        return new FaultyOutput(out) {
            @Override
            void pass(byte[] bytes, int offset, int length, long at) throws IOException {
                byte[] copy = new byte[length];
                System.arraycopy(bytes, offset, copy, 0, length);
                for (int index = 0; index < length; index++) {
                    if (at + index >= first && at + index - first < count) {
                        copy[index] ^= 0x55;
                    }
                }
                out.write(copy);
            }
        };
    }

    /** Writes at the throttle's rate. */
    static FaultyOutput slow(OutputStream out, Throttle throttle) {
        return new FaultyOutput(out) {
            @Override
            void pass(byte[] bytes, int offset, int length, long at) throws IOException {
                for (int done = 0; done < length; done += throttle.piece()) {
                    int count = Math.min(throttle.piece(), length - done);
                    out.write(bytes, offset + done, count);
                    out.flush();
                    throttle.passed(count);
                }
            }
        };
    }
}
