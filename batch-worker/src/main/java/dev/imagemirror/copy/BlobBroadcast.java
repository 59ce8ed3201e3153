package dev.imagemirror.copy;

import dev.imagemirror.image.Descriptor;
import dev.imagemirror.registry.model.RegistryException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One read of a blob for several subscribers: a ring of chunks that one thread fills and each subscriber empties at its
 * own pace. Memory is the ring, whatever the blob's size; it comes from the copy's {@link ChunkBudget}.
 *
 * <p>The reader waits for the slowest subscriber. One that holds up others for longer than a moment in all is let go: it
 * takes its chunk along and reads on from the source by itself. Thread-safe.
 */
final class BlobBroadcast {
    /** Chunks of a subscriber that goes on alone: the one it is at, and one to read on with. */
    private static final int CHUNKS_ALONE = 2;

    /** How long to wait for memory before a slow subscriber is looked at again. */
    private static final long LOOK_AGAIN_NANOS = 100_000_000;

    private final Descriptor blob;
    private final CopySettings settings;
    private final ChunkBudget budget;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<BlobSubscription> subscribers = new ArrayList<>();
    private ChunkRing ring = new ChunkRing(0);
    private boolean sealed;
    private boolean ended;
    private @Nullable RegistryException failure;

    BlobBroadcast(Descriptor blob, CopySettings settings, ChunkBudget budget) {
        this.blob = blob;
        this.settings = settings;
        this.budget = budget;
    }

    Descriptor blob() {
        return blob;
    }

    /** Joins, unless the read has begun. */
    boolean join(BlobSubscription subscriber) {
        lock.lock();
        try {
            return !sealed && subscribers.add(subscriber);
        } finally {
            lock.unlock();
        }
    }

    /** Leaves; the read ends when nobody is left. */
    void leave(BlobSubscription subscriber) {
        lock.lock();
        try {
            subscribers.remove(subscriber);
            if (subscriber.isAlone()) {
                budget.give(CHUNKS_ALONE);
            }
            giveBack();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there is memory for the read; others may still join meanwhile. */
    void reserve() throws InterruptedException {
        long chunks = (blob.size() + settings.chunkBytes() - 1) / settings.chunkBytes();
        int taken = budget.take((int) Math.min(settings.chunksInFlight(), chunks));
        lock.lock();
        try {
            ring = new ChunkRing(taken);
        } finally {
            lock.unlock();
        }
    }

    /** Lets nobody else join; true if anybody did. */
    boolean seal() {
        lock.lock();
        try {
            sealed = true;
            changed.signalAll();
            return !subscribers.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Reads the blob for those who joined, after {@link #reserve}; returns when all is handed out or nobody is left. */
    void run(BlobDownload download, CopyListener listener) throws RegistryException {
        if (download.isComplete()) {
            download.verify(); // an empty blob
        }
        while (!download.isComplete()) {
            Chunk chunk = nextFree();
            if (chunk == null) {
                return;
            }
            chunk.start(download, isShared());
            chunk.length(download.fill(chunk.bytes()));
            listener.blobProgress(blob, chunk.length());
            publish();
        }
    }

    /** No more chunks will come: all were handed out ({@code null}), or the read failed. Only the first call counts. */
    void end(@Nullable RegistryException error) {
        lock.lock();
        try {
            if (!ended) {
                ended = true;
                failure = error;
            }
            giveBack();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Those who still take part. */
    List<BlobSubscription> subscribers() {
        lock.lock();
        try {
            return List.copyOf(subscribers);
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the read has begun. */
    void awaitStart() throws RegistryException {
        lock.lock();
        try {
            while (!sealed && !ended) {
                changed.await();
            }
        } catch (InterruptedException e) {
            throw Interruption.asError(e);
        } finally {
            lock.unlock();
        }
    }

    /** The subscriber's next chunk, waiting for it; null if there is no more. Its {@code done} gives it back. */
    @Nullable
    Chunk next(BlobSubscription subscriber) throws RegistryException {
        lock.lock();
        try {
            if (subscriber.isAlone()) {
                return subscriber.parting();
            }
            while (subscriber.position() == ring.head() && !ended) {
                changed.await();
            }
            if (subscriber.isAlone()) {
                return subscriber.parting();
            }
            if (subscriber.position() < ring.head()) {
                return ring.at(subscriber.position());
            }
            if (failure != null) {
                throw failure.as(failure.kind()); // one for each thread, with all that is known of it
            }
            return null;
        } catch (InterruptedException e) {
            throw Interruption.asError(e);
        } finally {
            lock.unlock();
        }
    }

    /** The subscriber is through with its chunk; true if that was its last here and it has to read on alone. */
    boolean done(BlobSubscription subscriber) {
        lock.lock();
        try {
            if (subscriber.isAlone()) {
                return true;
            }
            subscriber.advance();
            changed.signalAll();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private boolean isShared() {
        lock.lock();
        try {
            return subscribers.size() > 1;
        } finally {
            lock.unlock();
        }
    }

    private void publish() {
        lock.lock();
        try {
            ring.publish();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** A chunk that no subscriber needs any more; null if no subscriber is left. */
    private @Nullable Chunk nextFree() throws RegistryException {
        lock.lock();
        try {
            while (!subscribers.isEmpty() && ring.isFull(slowest().position())) {
                awaitSlowest();
            }
            if (subscribers.isEmpty()) {
                return null;
            }
            return ring.free((int) Math.min(settings.chunkBytes(), blob.size()));
        } catch (InterruptedException e) {
            throw Interruption.asError(e);
        } finally {
            lock.unlock();
        }
    }

    @SuppressWarnings("WaitNotInLoop") // nextFree loops
    private void awaitSlowest() throws InterruptedException {
        BlobSubscription slowest = slowest();
        boolean othersIdle = subscribers.stream().anyMatch(subscriber -> subscriber.position() == ring.head());
        if (!othersIdle) {
            changed.await();
            return;
        }
        long allowed = settings.lagTolerance().toNanos() - slowest.heldUpNanos();
        long left = allowed <= 0 ? 0 : changed.awaitNanos(allowed);
        slowest.heldUp(allowed - left);
        if (left > 0 || !ring.isFull(slowest.position()) || !subscribers.contains(slowest)) {
            return;
        }
        if (ring.capacity() - CHUNKS_ALONE >= CHUNKS_ALONE) {
            ring.shrink(CHUNKS_ALONE);
            letGo(slowest);
        } else if (budget.tryTake(CHUNKS_ALONE)) {
            letGo(slowest);
        } else {
            changed.awaitNanos(LOOK_AGAIN_NANOS);
        }
    }

    /** The subscriber keeps the chunk it is at, which others may be at, too. */
    private void letGo(BlobSubscription subscriber) {
        Chunk chunk = ring.at(subscriber.position());
        chunk.takeAlong();
        subscriber.continueAlone(chunk);
        subscribers.remove(subscriber);
        changed.signalAll();
    }

    /** The ring's memory is free for other reads when nobody needs it any more. */
    private void giveBack() {
        if (ended && subscribers.isEmpty()) {
            budget.give(ring.capacity());
            ring = new ChunkRing(0);
        }
    }

    private BlobSubscription slowest() {
        BlobSubscription slowest = subscribers.get(0);
        for (BlobSubscription subscriber : subscribers) {
            if (subscriber.position() < slowest.position()) {
                slowest = subscriber;
            }
        }
        return slowest;
    }
}
