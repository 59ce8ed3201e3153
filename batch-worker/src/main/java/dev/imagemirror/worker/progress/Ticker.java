package dev.imagemirror.worker.progress;

/** Time as a display sees it: a stopwatch, and a periodic call. */
interface Ticker extends AutoCloseable {
    /** Nanoseconds since an arbitrary origin. */
    long nanoTime();

    /** Calls {@code tick} periodically from now on, until {@link #close}; call only once. */
    void start(Runnable tick);

    /** Stops the calls. */
    @Override
    void close();
}
