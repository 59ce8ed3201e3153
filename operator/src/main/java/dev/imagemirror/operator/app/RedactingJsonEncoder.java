package dev.imagemirror.operator.app;

import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.imagemirror.image.Redaction;
import dev.imagemirror.image.Visible;
import java.nio.charset.StandardCharsets;

/** Encodes JSON lines for programs, with secrets redacted; named in {@code logback.xml}. */
public final class RedactingJsonEncoder extends JsonEncoder {
    /** Sets the fields that programs use: instant, level, logger, context, message, exception. */
    public RedactingJsonEncoder() {
        setWithSequenceNumber(false);
        setWithNanoseconds(false);
        setWithThreadName(false);
        setWithContext(false);
        setWithMessage(false);
        setWithArguments(false);
        setWithFormattedMessage(true);
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        String line = new String(super.encode(event), StandardCharsets.UTF_8);
        return Visible.json(Redaction.of(line)).getBytes(StandardCharsets.UTF_8);
    }
}
