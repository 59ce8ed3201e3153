package dev.imagemirror.thread;

import java.util.concurrent.ThreadFactory;

/**
 * Creates threads that do not keep the process alive. Thread-safe.
 *
 * @param name of each thread
 */
public record DaemonThreads(String name) implements ThreadFactory {
    @Override
    public Thread newThread(Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
