package dev.imagemirror.image;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/**
 * Standard output or standard error. Everything printed is redacted ({@link Redaction}) and escaped ({@link Visible}):
 * {@code println} writes one line whatever its text contains, {@code print} and {@code printf} keep line feeds. The
 * program's own control sequences go through {@link #control}. As thread-safe as any print stream.
 */
public class VisibleStream extends PrintStream {
    /** Wraps a stream; the output is UTF-8. */
    public VisibleStream(OutputStream stream) {
        super(stream, true, StandardCharsets.UTF_8);
    }

    /** The stream itself if it is already a visible one. */
    public static VisibleStream over(PrintStream stream) {
        return stream instanceof VisibleStream visible ? visible : new VisibleStream(stream);
    }

    @Override
    public void print(String text) {
        super.print(Visible.lines(Redaction.of(String.valueOf(text))));
    }

    @Override
    public void print(Object object) {
        print(String.valueOf(object));
    }

    @Override
    public void println(String line) {
        super.println(Visible.of(Redaction.of(String.valueOf(line))));
    }

    @Override
    public void println(Object object) {
        println(String.valueOf(object));
    }

    /** Prints the program's own text, including control characters. */
    public void control(String text) {
        super.print(text);
    }

    /** For callers that need a writer; it keeps line feeds. */
    public PrintWriter writer() {
        return new PrintWriter(new Printing(), true);
    }

    private final class Printing extends Writer {
        @Override
        public void write(char[] text, int from, int length) {
            print(new String(text, from, length));
        }

        @Override
        public void flush() {
            VisibleStream.this.flush();
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
