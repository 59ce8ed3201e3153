package dev.imagemirror.operator.port;

/**
 * Port: elects the active one of several processes; the others stand by. Only avoids duplicate work: claims keep
 * concurrent processes correct. Thread-safe.
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

    /** Takes the lease if it is free or its holder has gone silent; standbys call it repeatedly. */
    boolean tryAcquire() throws InterruptedException;

    /** Whether this process holds it, as far as it can tell. */
    boolean isHeld();

    /** Releases the lease. */
    @Override
    void close();
}
