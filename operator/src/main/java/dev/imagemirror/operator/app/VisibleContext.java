package dev.imagemirror.operator.app;

import ch.qos.logback.classic.pattern.MDCConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.imagemirror.image.Visible;

/** MDC values, confined to the log line; {@code %X} in {@code logback.xml}. */
public final class VisibleContext extends MDCConverter {
    @Override
    public String convert(ILoggingEvent event) {
        return Visible.of(super.convert(event));
    }
}
