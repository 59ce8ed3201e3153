package dev.imagemirror.copy;

import dev.imagemirror.image.Descriptor;
import dev.imagemirror.image.Digest;
import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.RegistryException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongConsumer;

/** The shared reads of one copy: brings together the destinations that want the same blob. Thread-safe. */
final class BlobBroadcasts {
    private final SourceRepository source;
    private final Rendezvous rendezvous;
    private final CopySettings settings;
    private final CopyListener listener;
    private final Executor executor;
    private final ChunkBudget budget;
    private final Map<Digest, BlobBroadcast> gathering = new HashMap<>();

    BlobBroadcasts(
            SourceRepository source,
            Rendezvous rendezvous,
            CopySettings settings,
            CopyListener listener,
            Executor executor) {
        this.source = source;
        this.rendezvous = rendezvous;
        this.settings = settings;
        this.listener = listener;
        this.executor = executor;
        this.budget = new ChunkBudget(CopySettings.MEMORY_BYTES / settings.chunkBytes());
    }

    /** Takes part in the read of a blob that has not begun yet, or calls for one. */
    BlobSubscription subscribe(Object destination, Descriptor blob, LongConsumer sent) throws RegistryException {
        BlobSubscription subscription = join(destination, blob, sent);
        rendezvous.decided(destination, blob.digest());
        return subscription;
    }

    /** True if others are waiting to share a read of the blob. */
    synchronized boolean isGathering(Digest blob) {
        return gathering.containsKey(blob);
    }

    private synchronized BlobSubscription join(Object destination, Descriptor blob, LongConsumer sent)
            throws RegistryException {
        BlobBroadcast waiting = gathering.get(blob.digest());
        if (waiting != null) {
            BlobSubscription subscription = new BlobSubscription(destination, waiting, source, sent);
            if (waiting.join(subscription)) {
                return subscription;
            }
        }
        BlobBroadcast broadcast = new BlobBroadcast(blob, settings, budget);
        BlobSubscription subscription = new BlobSubscription(destination, broadcast, source, sent);
        broadcast.join(subscription);
        try {
            executor.execute(() -> run(broadcast));
        } catch (RejectedExecutionException e) {
            throw Interruption.stopped(e);
        }
        gathering.put(blob.digest(), broadcast);
        return subscription;
    }

    private void run(BlobBroadcast broadcast) {
        Digest blob = broadcast.blob().digest();
        // made before it is needed: when memory is exhausted, it is too late
        RegistryException unexpected = new RegistryException(ErrorKind.INTERNAL, "reading " + blob + " failed");
        try {
            read(broadcast);
            broadcast.end(null);
        } catch (InterruptedException e) {
            fail(broadcast, Interruption.asError(e));
        } catch (RegistryException e) {
            fail(broadcast, e);
        } catch (RuntimeException | Error e) {
            fail(broadcast, new RegistryException(ErrorKind.INTERNAL, "reading " + blob + " failed: " + e, e));
        } finally {
            broadcast.end(unexpected);
        }
    }

    private void read(BlobBroadcast broadcast) throws RegistryException, InterruptedException {
        Descriptor blob = broadcast.blob();
        try (BlobDownload download =
                new BlobDownload(source, blob, 0, blob.digest().newHash())) {
            rendezvous.await(blob.digest());
            broadcast.reserve();
            if (begin(broadcast)) {
                listener.blobStarted(blob);
                broadcast.run(download, listener);
            }
        }
    }

    private synchronized boolean begin(BlobBroadcast broadcast) {
        gathering.remove(broadcast.blob().digest(), broadcast);
        return broadcast.seal();
    }

    private void fail(BlobBroadcast broadcast, RegistryException error) {
        begin(broadcast);
        // they will try again, and shall meet again
        broadcast
                .subscribers()
                .forEach(subscription -> rendezvous.undecided(
                        subscription.destination(), broadcast.blob().digest()));
        broadcast.end(error);
    }
}
