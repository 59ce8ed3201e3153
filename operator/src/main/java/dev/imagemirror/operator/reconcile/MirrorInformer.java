package dev.imagemirror.operator.reconcile;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.catalog.EntryIndex;
import dev.imagemirror.operator.catalog.TableReading;
import dev.imagemirror.operator.claim.LiveClaims;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.port.ChangeFeed;
import dev.imagemirror.operator.port.PortException;
import dev.imagemirror.operator.port.Ports;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An informer for both tables: lists once, then follows changes, and relists periodically or when changes may have been
 * missed. Enqueues what is new, changed or gone. Thread-safe.
 */
public final class MirrorInformer implements ChangeFeed.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(MirrorInformer.class);

    private final TableLister lister;
    private final EntryIndex index;
    private final LiveClaims live;
    private final ReconcileHints hints;
    private final Consumer<EntryKey> enqueue;
    private final Executor executor;
    private final AtomicBoolean listing = new AtomicBoolean();
    private volatile Supplier<TableReading> others = () -> TableReading.NONE;

    /**
     * @param live receives all claims in the status table
     * @param enqueue enqueues an entry
     * @param executor runs the listings
     */
    public MirrorInformer(
            Ports ports,
            EntryIndex index,
            LiveClaims live,
            ReconcileHints hints,
            Consumer<EntryKey> enqueue,
            Executor executor) {
        this.lister = new TableLister(ports, index, live, hints, enqueue);
        this.index = index;
        this.live = live;
        this.hints = hints;
        this.enqueue = enqueue;
        this.executor = executor;
    }

    /** Passes on what each listing reads, so that a large table is not listed twice. */
    public void alsoTell(Supplier<TableReading> listings) {
        others = listings;
    }

    @Override
    public void changed(EntryKey key) {
        hints.add(key);
        enqueue.accept(key);
    }

    /** Entries that copy the image retry at once; those with it as a destination recheck it. */
    @Override
    public void imageChanged(ImageReference image, boolean removed) {
        boolean everyTag = image.tag() == null && removed;
        for (EntryKey key : everyTag ? index.from(image.name()) : index.copying(image)) {
            hints.add(key);
            enqueue.accept(key);
        }
        for (EntryKey key : everyTag ? index.to(image.name()) : index.feeding(image)) {
            hints.look(key);
            enqueue.accept(key);
        }
    }

    @Override
    public void jobChanged(String jobId, Collection<ImageReference> destinations) {
        Set<EntryKey> keys = new HashSet<>(live.having(jobId));
        destinations.forEach(destination -> keys.addAll(index.feeding(destination)));
        keys.forEach(enqueue);
    }

    @Override
    public void lost() {
        if (listing.compareAndSet(false, true)) {
            executor.execute(() -> {
                listing.set(false);
                try {
                    list();
                } catch (PortException e) {
                    LOG.warn("cannot list the tables; retrying: {}", e.getMessage());
                }
            });
        }
    }

    /**
     * Lists both tables and enqueues every row that is new, changed or gone, and every status whose row is gone.
     *
     * @throws PortException if a table could not be read
     */
    public void list() {
        lister.list(others.get());
    }
}
