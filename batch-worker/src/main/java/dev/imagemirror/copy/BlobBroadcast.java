package dev.imagemirror.copy;

import dev.imagemirror.image.Descriptor;
import dev.imagemirror.registry.RegistryException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One read of a blob for several subscribers: a ring of buffers that one thread fills and each subscriber empties at its
 * own pace. Memory is the ring, whatever the blob's size.
 *
 * <p>The reader waits for the slowest subscriber. One that holds up others for longer than a moment in all is let go: it
 * takes its buffer along and reads on from the source by itself. Thread-safe.
 */
final class BlobBroadcast {
    private final Descriptor blob;
    private final CopySettings settings;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<BlobSubscription> subscribers = new ArrayList<>();
    private final Chunk[] ring;
    private boolean sealed;
    private long head;
    private boolean ended;
    private RegistryException failure;

    BlobBroadcast(Descriptor blob, CopySettings settings) {
        this.blob = blob;
        this.settings = settings;
        this.ring = new Chunk[settings.chunksInFlight()];
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
            changed.signalAll();
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

    /** Reads the blob for those who joined; returns when all is handed out or nobody is left. */
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

    /** No more chunks will come: all were handed out ({@code null}), or the read failed. */
    void end(RegistryException error) {
        lock.lock();
        try {
            ended = true;
            failure = error;
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
    Chunk next(BlobSubscription subscriber) throws RegistryException {
        lock.lock();
        try {
            if (subscriber.isAlone()) {
                return subscriber.parting();
            }
            while (subscriber.position() == head && !ended) {
                changed.await();
            }
            if (subscriber.position() < head) {
                return ring[slot(subscriber.position())];
            }
            if (failure != null) {
                throw new RegistryException(failure.kind(), failure.getMessage(), failure);
            }
            return null;
        } catch (InterruptedException e) {
            throw Interruption.asError(e);
        } finally {
            lock.unlock();
        }
    }

    /** The subscriber is through with its chunk; false if it was let go and has to read on alone from that chunk's end. */
    boolean done(BlobSubscription subscriber) {
        lock.lock();
        try {
            subscriber.advance();
            changed.signalAll();
            return !subscriber.isAlone();
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
            head++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** A chunk that no subscriber needs any more, or null if no subscriber is left. */
    private Chunk nextFree() throws RegistryException {
        lock.lock();
        try {
            while (!subscribers.isEmpty() && slowest().position() + ring.length <= head) {
                awaitSlowest();
            }
            if (subscribers.isEmpty()) {
                return null;
            }
            int slot = slot(head);
            if (ring[slot] == null || ring[slot].isGivenAway()) {
                ring[slot] = new Chunk((int) Math.min(settings.chunkBytes(), blob.size()));
            }
            return ring[slot];
        } catch (InterruptedException e) {
            throw Interruption.asError(e);
        } finally {
            lock.unlock();
        }
    }

    @SuppressWarnings("WaitNotInLoop") // nextFree loops
    private void awaitSlowest() throws InterruptedException {
        BlobSubscription slowest = slowest();
        boolean othersIdle = subscribers.stream().anyMatch(subscriber -> subscriber.position() == head);
        if (!othersIdle) {
            changed.await();
            return;
        }
        long allowed = settings.lagTolerance().toNanos() - slowest.heldUpNanos();
        long left = allowed <= 0 ? 0 : changed.awaitNanos(allowed);
        slowest.heldUp(allowed - left);
        if (left <= 0 && slowest.position() + ring.length <= head) {
            letGo(slowest);
        }
    }

    /** The subscriber keeps the chunk it is at, which others may be at as well; the ring gets a new one afterwards. */
    private void letGo(BlobSubscription subscriber) {
        Chunk chunk = ring[slot(subscriber.position())];
        chunk.giveAway();
        subscriber.continueAlone(chunk);
        subscribers.remove(subscriber);
        changed.signalAll();
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

    private int slot(long position) {
        return (int) (position % ring.length);
    }
}
