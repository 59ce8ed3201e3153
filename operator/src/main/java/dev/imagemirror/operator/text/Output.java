package dev.imagemirror.operator.text;

import dev.imagemirror.image.VisibleStream;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/** Standard output, which knows why it takes nothing any more. */
public final class Output extends VisibleStream {
    /** The words of Linux and macOS for EPIPE; there is no other sign of it. */
    private static final String CLOSED_PIPE = "Broken pipe";

    private final Sink sink;

    /** Takes over a stream; what is written is UTF-8. */
    public Output(OutputStream stream) {
        this(new Sink(stream));
    }

    private Output(Sink sink) {
        super(sink);
        this.sink = sink;
    }

    /** Whether whoever read it has gone, as {@code head} does once it has what it wants. */
    public static boolean isClosedPipe(PrintStream out) {
        return out instanceof Output output && String.valueOf(output.sink.fault).contains(CLOSED_PIPE);
    }

    private static final class Sink extends FilterOutputStream {
        private volatile @Nullable String fault;

        Sink(OutputStream stream) {
            super(new BufferedOutputStream(stream));
        }

        @Override
        public void write(int next) throws IOException {
            noting(() -> out.write(next));
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            noting(() -> out.write(bytes, from, length));
        }

        @Override
        public void flush() throws IOException {
            noting(out::flush);
        }

        private void noting(Step step) throws IOException {
            try {
                step.run();
            } catch (IOException e) {
                fault = e.getMessage();
                throw e;
            }
        }
    }

    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }
}
