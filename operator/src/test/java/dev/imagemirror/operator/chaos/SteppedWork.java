package dev.imagemirror.operator.chaos;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.slf4j.MDC;

/**
 * Work on a thread of its own that goes on only while it is told to, from one {@link #pause} to the next, and can be
 * killed at each. Of the thread that steps and the one that works, one runs at a time, so that what happens is the same
 * in each run.
 */
final class SteppedWork {
    /** Ends the work at a pause, as the end of its process would; not to be caught by what is tested. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;

        Killed() {
            super("killed", null, false, false);
        }
    }

    private static final ThreadLocal<SteppedWork> CURRENT = new ThreadLocal<>();
    private static final ExecutorService THREADS = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "stepped");
        thread.setDaemon(true);
        return thread;
    });

    private final Semaphore go = new Semaphore(0);
    private final Semaphore back = new Semaphore(0);
    private final String name;
    private final Runnable work;
    private String at = "the start";
    private boolean started;
    private boolean killed;
    private boolean ended;
    private Throwable failure;

    /** @param name of the process that does it */
    SteppedWork(String name, Runnable work) {
        this.name = name;
        this.work = work;
    }

    /** Runs until the next pause or the end. */
    void step() {
        if (ended) {
            throw new IllegalStateException("has ended");
        }
        if (started) {
            go.release();
        } else {
            started = true;
            THREADS.execute(this::run);
        }
        back.acquireUninterruptibly();
    }

    /** Ends the work where it is. */
    void kill() {
        killed = true;
        if (!started) {
            ended = true;
        }
        while (!ended) {
            step();
        }
    }

    /** Where it pauses. */
    String at() {
        return at;
    }

    boolean isEnded() {
        return ended;
    }

    /** What the work threw, or null. */
    Throwable failure() {
        return failure;
    }

    /** To be called by the work; does nothing on other threads. */
    static void pause(String at) {
        SteppedWork current = CURRENT.get();
        if (current != null) {
            current.waitAt(at);
        }
    }

    /** The work that the present thread does, or null. */
    static SteppedWork current() {
        return CURRENT.get();
    }

    @Override
    public String toString() {
        return name;
    }

    private void waitAt(String where) {
        if (!killed) {
            at = where;
            back.release();
            go.acquireUninterruptibly();
        }
        if (killed) {
            throw new Killed();
        }
    }

    private void run() {
        CURRENT.set(this);
        MDC.put("stepped", "true"); // for the configuration of the logs
        try {
            work.run();
        } catch (Killed e) {
            at = "killed";
        } catch (Throwable e) {
            failure = e;
        } finally {
            CURRENT.remove();
            ended = true;
            back.release();
        }
    }
}
