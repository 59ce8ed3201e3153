package dev.imagemirror.worker.progress;

/** Time as a display sees it: a stopwatch, and a call every few seconds. */
interface Ticker extends AutoCloseable {
    /** Nanoseconds since some moment. */
    long nanoTime();

    /** Calls {@code tick} every few seconds from now on, until {@link #close}; to be started once. */
    void start(Runnable tick);

    /** Ends the calls. */
    @Override
    void close();
}
