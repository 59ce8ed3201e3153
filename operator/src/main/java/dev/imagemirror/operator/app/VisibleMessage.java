package dev.imagemirror.operator.app;

import ch.qos.logback.classic.pattern.MessageConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.imagemirror.image.Visible;

/** A log message on one line, whatever untrusted text it quotes; {@code %msg} in {@code logback.xml}. */
public final class VisibleMessage extends MessageConverter {
    @Override
    public String convert(ILoggingEvent event) {
        return Visible.of(String.valueOf(super.convert(event)));
    }
}
