package dev.imagemirror.operator.testing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** Records what a logger and those below it log, until it is closed. Thread-safe. */
public final class TestingLog implements AutoCloseable {
    private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();
    private final Logger logger;
    private final Level level;
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            event.prepareForDeferredProcessing(); // takes the context of the thread that logs
            events.add(event);
        }
    };

    private TestingLog(String name) {
        logger = (Logger) LoggerFactory.getLogger(name);
        level = logger.getLevel();
        appender.start();
        logger.addAppender(appender);
    }

    /** What this class logs. */
    public static TestingLog of(Class<?> type) {
        return new TestingLog(type.getName());
    }

    /** What the classes of this package, and of those below it, log. */
    public static TestingLog of(String packageName) {
        return new TestingLog(packageName);
    }

    /** Logs from this level on. */
    public TestingLog from(Level lowest) {
        logger.setLevel(lowest);
        return this;
    }

    /** Keeps what is logged away from the test's own output. */
    public TestingLog quietly() {
        logger.setAdditive(false);
        return this;
    }

    /** So far, the oldest first. */
    public List<ILoggingEvent> events() {
        return List.copyOf(events);
    }

    /** Their messages. */
    public List<String> messages() {
        return events.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    /** The messages of this level. */
    public List<String> messages(Level of) {
        return events.stream()
                .filter(event -> event.getLevel() == of)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    /** Forgets what was logged before. */
    public void clear() {
        events.clear();
    }

    @Override
    public void close() {
        logger.detachAppender(appender);
        logger.setLevel(level);
        logger.setAdditive(true);
    }
}
