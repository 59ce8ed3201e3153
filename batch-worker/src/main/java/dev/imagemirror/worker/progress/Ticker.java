package dev.imagemirror.worker.progress;

/** Time as a display sees it: a stopwatch, and a call now and then. */
interface Ticker extends AutoCloseable {
    /** Nanoseconds since some moment. */
    long nanoTime();

    /** Calls {@code tick} again and again from now on, until {@link #close}; to be started once. */
    void start(Runnable tick);

    /** Ends the calls. */
    @Override
    void close();
}
