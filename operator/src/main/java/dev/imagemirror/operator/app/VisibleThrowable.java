package dev.imagemirror.operator.app;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import dev.imagemirror.image.Visible;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An exception and its causes, whose messages cannot forge log lines; {@code %ex} in {@code logback.xml}. */
public final class VisibleThrowable extends ThrowableProxyConverter {
    @Override
    protected String throwableProxyToString(IThrowableProxy fault) {
        return super.throwableProxyToString(new StatusSource(fault));
    }

    private record StatusSource(IThrowableProxy fault) implements IThrowableProxy {
        private static @Nullable IThrowableProxy of(IThrowableProxy fault) {
            return fault == null ? null : new StatusSource(fault);
        }

        @Override
        public @Nullable String getMessage() {
            return fault.getMessage() == null ? null : Visible.of(fault.getMessage());
        }

        @Override
        public String getClassName() {
            return fault.getClassName();
        }

        @Override
        public StackTraceElementProxy[] getStackTraceElementProxyArray() {
            return fault.getStackTraceElementProxyArray();
        }

        @Override
        public int getCommonFrames() {
            return fault.getCommonFrames();
        }

        @Override
        public @Nullable IThrowableProxy getCause() {
            return of(fault.getCause());
        }

        @Override
        public IThrowableProxy[] getSuppressed() {
            return Arrays.stream(fault.getSuppressed()).map(StatusSource::of).toArray(IThrowableProxy[]::new);
        }

        @Override
        public boolean isCyclic() {
            return fault.isCyclic();
        }
    }
}
