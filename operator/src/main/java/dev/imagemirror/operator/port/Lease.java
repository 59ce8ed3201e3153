package dev.imagemirror.operator.port;

/**
 * Port: one of several processes works, the others stand by. Only saves work that would be done twice: claims keep what
 * two processes do at the same time right. Thread-safe.
 */
public interface Lease extends AutoCloseable {
    /** For a process that runs alone. */
    Lease ALONE = new Lease() {
        @Override
        public boolean tryAcquire() {
            return true;
        }

        @Override
        public boolean isHeld() {
            return true;
        }

        @Override
        public void close() {}
    };

    /** Takes the lease if nobody has it or who had it is silent; asked again and again by who stands by. */
    boolean tryAcquire() throws InterruptedException;

    /** Whether this process has it, as far as can be known. */
    boolean isHeld();

    /** Gives it back. */
    @Override
    void close();
}
