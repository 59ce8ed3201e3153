package dev.imagemirror.operator.reconcile;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.catalog.EntryIndex;
import dev.imagemirror.operator.catalog.TableReading;
import dev.imagemirror.operator.claim.LiveClaims;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.domain.entry.EntryParser;
import dev.imagemirror.operator.domain.entry.ParsedEntry;
import dev.imagemirror.operator.port.ChangeFeed;
import dev.imagemirror.operator.port.PortException;
import dev.imagemirror.operator.port.Ports;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows both tables as an informer does: lists once, then follows changes, and lists again now and then or when changes
 * may have been missed. Enqueues what is new, changed or gone. Thread-safe.
 */
public final class MirrorInformer implements ChangeFeed.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(MirrorInformer.class);

    private final Ports ports;
    private final EntryIndex index;
    private final LiveClaims live;
    private final ReconcileHints hints;
    private final Consumer<EntryKey> enqueue;
    private final Executor executor;
    private final AtomicBoolean listing = new AtomicBoolean();
    private volatile Supplier<TableReading> others = () -> TableReading.NONE;
    /** How many there were the last time: only another number is worth a line. */
    private volatile int listed = -1;

    /**
     * @param live is told of all claims in the status table
     * @param enqueue has an entry worked soon
     * @param executor lists
     */
    public MirrorInformer(
            Ports ports,
            EntryIndex index,
            LiveClaims live,
            ReconcileHints hints,
            Consumer<EntryKey> enqueue,
            Executor executor) {
        this.ports = ports;
        this.index = index;
        this.live = live;
        this.hints = hints;
        this.enqueue = enqueue;
        this.executor = executor;
    }

    /** Tells others, too, of what each listing reads: a large table is not to be listed twice. */
    public void alsoTell(Supplier<TableReading> listings) {
        others = listings;
    }

    @Override
    public void changed(EntryKey key) {
        hints.add(key);
        enqueue.accept(key);
    }

    /** Entries that copy the image try again at once; those that it is a destination of look what is there now. */
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
        TableReading alsoTold = others.get();
        Set<EntryKey> rows = ConcurrentHashMap.newKeySet();
        ports.mirrors().scan(row -> {
            rows.add(row.key());
            note(row);
            alsoTold.row(row);
        });
        for (EntryKey key : index.keys()) {
            if (!rows.contains(key)) {
                index.remove(key);
                enqueue.accept(key);
            }
        }
        Set<EntryKey> orphans = ConcurrentHashMap.newKeySet();
        ports.statuses()
                .scan(
                        summary -> {
                            noteOrphan(summary.key(), orphans);
                            alsoTold.summary(summary);
                        },
                        pair -> {
                            note(pair, orphans);
                            alsoTold.pair(pair);
                        },
                        item -> {
                            noteOrphan(item.entry(), orphans);
                            alsoTold.unreadable(item);
                        });
        alsoTold.end();
        orphans.forEach(enqueue);
        if (rows.size() != listed) {
            listed = rows.size();
            LOG.info("listed {} entries", listed);
        }
    }

    private void note(MirrorRow row) {
        ParsedEntry parsed = EntryParser.parse(row);
        boolean isNew = !index.contains(row.key());
        if (index.put(row, parsed instanceof ParsedEntry.Valid valid ? valid.entry() : null)) {
            if (!isNew) {
                hints.add(row.key());
            }
            enqueue.accept(row.key());
        }
    }

    private void noteOrphan(EntryKey key, Set<EntryKey> orphans) {
        if (!index.contains(key)) {
            orphans.add(key);
        }
    }

    private void note(PairStatus pair, Set<EntryKey> orphans) {
        if (pair.claim() != null) {
            live.add(pair);
        }
        noteOrphan(pair.entry(), orphans);
    }
}
