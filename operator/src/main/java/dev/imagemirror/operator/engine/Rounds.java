package dev.imagemirror.operator.engine;

import dev.imagemirror.thread.Backoff;
import dev.imagemirror.thread.DaemonThreads;
import java.time.Duration;

/**
 * Rounds of work on a daemon thread, one after the other until it is closed. A round that fails is waited out, whatever its
 * failure is. Thread-safe.
 */
public final class Rounds implements AutoCloseable {
    private static final Duration STOPPING = Duration.ofSeconds(1);

    /** One round. */
    @FunctionalInterface
    public interface Round {
        /** Works; gives how long to wait before the next. */
        Duration run();
    }

    private final Round round;
    private final OutageLog outage;
    private final Pause pause;
    private final Backoff backoff;
    private final Thread thread;
    private volatile boolean closed;
    private int failures;

    /**
     * Rounds that have not begun.
     *
     * @param name of the thread
     * @param outage logs failures, and the round that ends them
     * @param backoff how long to wait after failures
     */
    public Rounds(String name, Round round, OutageLog outage, Pause pause, Backoff backoff) {
        this.round = round;
        this.outage = outage;
        this.pause = pause;
        this.backoff = backoff;
        this.thread = new DaemonThreads(name).newThread(this::run);
    }

    /** Begins; called once. */
    public void start() {
        thread.start();
    }

    /** Whether there will be no further round. */
    public boolean isClosed() {
        return closed;
    }

    /** Interrupts a round that is under way, and returns within a second. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(STOPPING.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closed) {
            try {
                Duration wait = tryRound();
                if (!wait.isZero() && !closed) {
                    pause.pause(wait);
                }
            } catch (InterruptedException e) {
                if (closed) {
                    return;
                }
            }
        }
    }

    private Duration tryRound() {
        try {
            Duration wait = round.run();
            failures = 0;
            outage.worked(this);
            return wait;
        } catch (RuntimeException e) {
            failures++;
            if (!closed) {
                outage.failed(this, String.valueOf(e.getMessage()));
            }
            return backoff.delay(failures);
        }
    }
}
