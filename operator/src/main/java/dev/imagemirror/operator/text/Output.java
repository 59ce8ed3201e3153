package dev.imagemirror.operator.text;

import dev.imagemirror.image.VisibleStream;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/** Standard output that knows why writes fail. */
public final class Output extends VisibleStream {
    /** EPIPE's message on Linux and macOS, the only way to detect it. */
    private static final String CLOSED_PIPE = "Broken pipe";

    private final Sink sink;

    /** Wraps a stream; writes UTF-8. */
    public Output(OutputStream stream) {
        this(new Sink(stream));
    }

    private Output(Sink sink) {
        super(sink);
        this.sink = sink;
    }

    /** True if the reader has gone, like {@code head} once it has enough. */
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
