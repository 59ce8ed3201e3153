package dev.imagemirror.copy;

/**
 * The chunks of one shared read that a subscriber may still need, oldest first; those that nobody needs are filled anew.
 * Belongs to {@link BlobBroadcast}'s lock.
 */
final class ChunkRing {
    private final Chunk[] slots;
    private int capacity;
    private long tail;
    private long head;

    ChunkRing(int capacity) {
        this.slots = new Chunk[capacity];
        this.capacity = capacity;
    }

    /** How many chunks there may be. */
    int capacity() {
        return capacity;
    }

    /** Position after the last chunk that was published. */
    long head() {
        return head;
    }

    /** True if there is no room for another chunk while somebody is at {@code slowest}. */
    boolean isFull(long slowest) {
        return slowest + capacity <= head;
    }

    Chunk at(long position) {
        return slots[slot(position)];
    }

    /** The chunk to fill for position {@link #head}; there must be room. */
    Chunk free(int chunkBytes) {
        Chunk chunk = null;
        for (; tail + capacity <= head; tail++) {
            Chunk passed = at(tail);
            chunk = passed.isTakenAlong() ? chunk : passed;
            slots[slot(tail)] = null;
        }
        chunk = chunk == null ? new Chunk(chunkBytes) : chunk;
        slots[slot(head)] = chunk;
        return chunk;
    }

    void publish() {
        head++;
    }

    /** Does with fewer chunks from now on. */
    void shrink(int count) {
        capacity -= count;
    }

    private int slot(long position) {
        return (int) (position % slots.length);
    }
}
