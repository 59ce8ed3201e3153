package dev.imagemirror.copy;

/**
 * The chunks that all shared reads of one copy may hold at one time. Who holds some must need nobody who waits here: a
 * read takes its chunks before it begins, and gives them back when its subscribers are through. Thread-safe.
 */
final class ChunkBudget {
    /** With fewer, a read would fill and its subscribers would empty in turns; two may be given away. */
    static final int LEAST = 4;

    private int free;

    ChunkBudget(int chunks) {
        if (chunks < LEAST) {
            throw new IllegalArgumentException(chunks + " chunks are not enough for one read");
        }
        free = chunks;
    }

    /** Takes {@code wanted} chunks, or fewer but a few when there is little left, waiting until there are as many. */
    synchronized int take(int wanted) throws InterruptedException {
        int least = Math.min(wanted, LEAST);
        while (free < least) {
            wait();
        }
        int taken = Math.min(wanted, Math.max(least, free / 4));
        free -= taken;
        return taken;
    }

    /** Takes exactly {@code count} chunks if there are as many now. */
    synchronized boolean tryTake(int count) {
        if (free < count) {
            return false;
        }
        free -= count;
        return true;
    }

    synchronized void give(int count) {
        free += count;
        notifyAll();
    }
}
