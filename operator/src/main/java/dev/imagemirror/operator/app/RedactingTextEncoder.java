package dev.imagemirror.operator.app;

import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.imagemirror.image.Redaction;
import dev.imagemirror.image.Visible;
import java.nio.charset.StandardCharsets;

/** Encodes one pattern-based line per message for people, with secrets redacted; named in {@code logback.xml}. */
public final class RedactingTextEncoder extends PatternLayoutEncoder {
    /** The encoding is always UTF-8. */
    public RedactingTextEncoder() {
        setCharset(StandardCharsets.UTF_8);
    }

    @Override
    public void start() {
        PatternLayout shown = new PatternLayout();
        shown.setContext(context);
        shown.setPattern(getPattern());
        shown.getInstanceConverterMap().put("msg", VisibleMessage::new);
        shown.getInstanceConverterMap().put("X", VisibleContext::new);
        shown.getInstanceConverterMap().put("ex", VisibleThrowable::new);
        shown.start();
        layout = shown;
        started = true;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        String line = layout.doLayout(event);
        return Visible.lines(Redaction.of(line)).getBytes(StandardCharsets.UTF_8);
    }
}
