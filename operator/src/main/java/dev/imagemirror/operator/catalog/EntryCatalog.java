package dev.imagemirror.operator.catalog;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.EntryStatus;
import dev.imagemirror.operator.domain.EntryView;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.port.ChangeFeed;
import dev.imagemirror.operator.port.MirrorTable;
import dev.imagemirror.operator.port.PortException;
import dev.imagemirror.operator.port.StatusTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * An in-memory view of all entries of both tables, for display: listed once, then kept current by the tables' change
 * feeds, whose listener this is. {@link #refresh} does the reading and is called periodically by one thread; everything
 * else is thread-safe.
 */
public final class EntryCatalog implements ChangeFeed.Listener {
    /** A scan is not a consistent read and may miss writes made this shortly before it. */
    private static final long SCAN_LAG = Duration.ofSeconds(10).toNanos();

    private final MirrorTable mirrors;
    private final StatusTable statuses;
    private final LongSupplier nanoTime;
    private final Map<EntryKey, EntryView> entries = new ConcurrentHashMap<>();
    private final Set<EntryKey> changed = ConcurrentHashMap.newKeySet();
    private final AtomicLong losses = new AtomicLong(1);
    private final List<Consumer<EntryKey>> listeners = new CopyOnWriteArrayList<>();
    private final List<Runnable> reachListeners = new CopyOnWriteArrayList<>();
    private final Map<EntryKey, Long> readAt = new ConcurrentHashMap<>();
    private long lastListing;
    private volatile long lossesMended;
    private volatile boolean listed;
    private volatile @Nullable String failure;

    /** @param nanoTime a monotonic clock */
    public EntryCatalog(MirrorTable mirrors, StatusTable statuses, LongSupplier nanoTime) {
        this.mirrors = mirrors;
        this.statuses = statuses;
        this.nanoTime = nanoTime;
    }

    /** Sets the listener for changed entries; it must be quick and never throw. */
    public void onChange(Consumer<EntryKey> listener) {
        listeners.add(listener);
    }

    /** Sets the listener for when the tables become unreadable or readable again; it must be quick and never throw. */
    public void onReach(Runnable listener) {
        reachListeners.add(listener);
    }

    /** Why the last read of the tables failed, which may leave the catalog stale; null if it did not. */
    public @Nullable String failure() {
        return failure;
    }

    /** True once the tables have been listed; until then the catalog is empty. */
    public boolean isListed() {
        return listed;
    }

    /** All entries, in no order. */
    public Collection<EntryView> entries() {
        return List.copyOf(entries.values());
    }

    /** One entry; null if neither table has it. */
    public @Nullable EntryView entry(EntryKey key) {
        return entries.get(key);
    }

    @Override
    public void changed(EntryKey key) {
        changed.add(key);
    }

    /**
     * Sets a row that the caller has just written, so that it is seen before its change event.
     *
     * @param row the current row; null if it is gone
     */
    public void wrote(EntryKey key, @Nullable MirrorRow row) {
        EntryView before = entries.get(key);
        EntryStatus status = before == null ? EntryStatus.fresh(key) : before.status();
        note(
                before == null
                        ? new EntryView(key, row, status, List.of())
                        : new EntryView(key, row, status, before.pairs(), before.unreadable()));
        changed.add(key); // a concurrent read may have seen the old row
    }

    @Override
    public void lost() {
        losses.incrementAndGet();
    }

    @Override
    public void imageChanged(ImageReference image, boolean removed) {
        // seen once a pass has observed it and written a status
    }

    @Override
    public void jobChanged(String jobId, Collection<ImageReference> destinations) {
        // seen once a pass has followed the job and written a status
    }

    /**
     * Reads what has changed since the last call, or everything if that is unknown.
     *
     * @throws PortException if a table could not be read; the next call reads the rest
     */
    public void refresh() {
        try {
            listIfLost();
            readChanged();
            reach(null);
        } catch (RuntimeException e) {
            reach(String.valueOf(e.getMessage()));
            throw e;
        }
    }

    private void reach(@Nullable String newFailure) {
        boolean turned = (failure == null) != (newFailure == null);
        failure = newFailure;
        if (turned) {
            reachListeners.forEach(Runnable::run);
        }
    }

    private void listIfLost() {
        if (losses.get() > lossesMended) {
            TableReading listing = listing();
            mirrors.scan(listing::row);
            statuses.scan(listing::summary, listing::pair, listing::unreadable);
            listing.end();
        }
    }

    private void readChanged() {
        for (EntryKey key : new ArrayList<>(changed)) {
            changed.remove(key);
            try {
                readAt.put(key, nanoTime.getAsLong());
                read(key);
            } catch (RuntimeException e) {
                changed.add(key);
                throw e;
            }
        }
    }

    /** Receives a listing that starts now, whoever runs it; once complete, it replaces the catalog's content. */
    public TableReading listing() {
        return new CatalogListing(nanoTime.getAsLong(), losses.get(), entries::get, this::note);
    }

    private synchronized void note(CatalogListing listing) {
        if (listed && listing.begin() < lastListing) {
            return; // a listing that started later finished first
        }
        lastListing = listing.begin();
        lossesMended = listing.losses();
        Set<EntryKey> keys = listing.keys();
        keys.addAll(entries.keySet());
        keys.forEach(key -> note(listing.view(key)));
        readAt.forEach((key, instant) -> {
            if (listing.begin() - instant < SCAN_LAG) {
                changed.add(key);
            }
            readAt.remove(key, instant);
        });
        listed = true;
    }

    private void read(EntryKey key) {
        MirrorRow row = mirrors.load(key).orElse(null);
        note(statuses.load(key).view(row));
    }

    private void note(EntryView now) {
        boolean isGone = now.row() == null
                && now.pairs().isEmpty()
                && now.unreadable().isEmpty()
                && now.status().observedAt() == null;
        EntryView before = isGone ? entries.remove(now.key()) : entries.put(now.key(), now);
        if (isGone ? before != null : !now.equals(before)) {
            listeners.forEach(listener -> listener.accept(now.key()));
        }
    }
}
