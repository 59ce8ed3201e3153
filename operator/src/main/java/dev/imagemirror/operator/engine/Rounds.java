package dev.imagemirror.operator.engine;

import dev.imagemirror.thread.Backoff;
import dev.imagemirror.thread.DaemonThreads;
import java.time.Duration;

/**
 * Runs rounds of work one after another on a daemon thread until closed. After any failure of a round, it backs off and
 * carries on. Thread-safe.
 */
public final class Rounds implements AutoCloseable {
    private static final Duration STOPPING = Duration.ofSeconds(1);

    /** One round. */
    @FunctionalInterface
    public interface Round {
        /** Does the work and returns the delay before the next round. */
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
     * Creates rounds that have not started.
     *
     * @param name the thread's name
     * @param outage logs failures and the recovery from them
     * @param backoff delay by number of failures
     */
    public Rounds(String name, Round round, OutageLog outage, Pause pause, Backoff backoff) {
        this.round = round;
        this.outage = outage;
        this.pause = pause;
        this.backoff = backoff;
        this.thread = new DaemonThreads(name).newThread(this::run);
    }

    /** Starts the thread; call only once. */
    public void start() {
        thread.start();
    }

    /** Whether this is closed: no further round will start. */
    public boolean isClosed() {
        return closed;
    }

    /** Interrupts a running round, and returns within a second. */
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
