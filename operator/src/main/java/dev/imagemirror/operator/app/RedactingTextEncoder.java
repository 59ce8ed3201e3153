package dev.imagemirror.operator.app;

import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.imagemirror.operator.domain.Redaction;
import java.nio.charset.StandardCharsets;

/** Lines for people, by a pattern, without secrets; named in {@code logback.xml}. */
public final class RedactingTextEncoder extends PatternLayoutEncoder {
    /** The encoding is always UTF-8. */
    public RedactingTextEncoder() {
        setCharset(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        String line = new String(super.encode(event), StandardCharsets.UTF_8);
        return Redaction.of(line).getBytes(StandardCharsets.UTF_8);
    }
}
