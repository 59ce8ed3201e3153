package dev.imagemirror.operator.reconcile;

import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.EntryStatus;
import dev.imagemirror.operator.domain.EntryView;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.domain.PairStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * All entries as both tables have them, in memory, for those who show them: listed once, then followed by the tables' change
 * feeds, whose listener this is. {@link #refresh} does the reading and is called by one thread, now and then; everything
 * else is thread-safe.
 */
public final class EntryCatalog implements ChangeFeed.Listener {
    /** A scan may miss what was written so shortly before it: it is not a consistent read. */
    private static final long SCAN_LAG = Duration.ofSeconds(10).toNanos();

    private final MirrorTable mirrors;
    private final StatusTable statuses;
    private final LongSupplier nanoTime;
    private final Map<EntryKey, EntryView> entries = new ConcurrentHashMap<>();
    private final Set<EntryKey> changed = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean lost = new AtomicBoolean(true);
    private final List<Consumer<EntryKey>> listeners = new CopyOnWriteArrayList<>();
    private final List<Runnable> reachListeners = new CopyOnWriteArrayList<>();
    private final Map<EntryKey, Long> readAt = new HashMap<>();
    private volatile boolean listed;
    private volatile String failure;

    /** @param nanoTime a monotonic clock */
    public EntryCatalog(MirrorTable mirrors, StatusTable statuses, LongSupplier nanoTime) {
        this.mirrors = mirrors;
        this.statuses = statuses;
        this.nanoTime = nanoTime;
    }

    /** Has the listener told of every entry that is not as it was; it is quick and never throws. */
    public void onChange(Consumer<EntryKey> listener) {
        listeners.add(listener);
    }

    /** Has the listener told when the tables cannot be read any more, and when they can again; it is quick and never throws. */
    public void onReach(Runnable listener) {
        reachListeners.add(listener);
    }

    /** Why the tables could not be read the last time, or null if they could: what is here may be old. */
    public String failure() {
        return failure;
    }

    /** True once the tables were listed; before that there is nothing to see. */
    public boolean isListed() {
        return listed;
    }

    /** All entries, in no order. */
    public Collection<EntryView> entries() {
        return List.copyOf(entries.values());
    }

    /** One entry, or null if neither table has it. */
    public EntryView entry(EntryKey key) {
        return entries.get(key);
    }

    @Override
    public void changed(EntryKey key) {
        changed.add(key);
    }

    /**
     * Notes a row that the caller has just written, so that it is seen before the tables' changes say so.
     *
     * @param row as it stands now, or null if it is gone
     */
    public void wrote(EntryKey key, MirrorRow row) {
        EntryView before = entries.get(key);
        EntryStatus status = before == null ? EntryStatus.fresh(key) : before.status();
        note(new EntryView(key, row, status, before == null ? List.of() : before.pairs()));
        changed.add(key); // whoever reads just now may have read it as it was
    }

    @Override
    public void lost() {
        lost.set(true);
    }

    /**
     * Reads what has changed since the last time, or everything if that is not known.
     *
     * @throws PortException if a table could not be read; what was not read is read the next time
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

    private void reach(String newFailure) {
        boolean turned = (failure == null) != (newFailure == null);
        failure = newFailure;
        if (turned) {
            reachListeners.forEach(Runnable::run);
        }
    }

    private void listIfLost() {
        if (lost.compareAndSet(true, false)) {
            try {
                list();
            } catch (RuntimeException e) {
                lost.set(true);
                throw e;
            }
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

    private void list() {
        Map<EntryKey, MirrorRow> rows = new ConcurrentHashMap<>();
        Map<EntryKey, EntryStatus> summaries = new ConcurrentHashMap<>();
        Map<EntryKey, Queue<PairStatus>> pairs = new ConcurrentHashMap<>();
        long begin = nanoTime.getAsLong();
        mirrors.scan(row -> rows.put(row.key(), kept(row.key(), EntryView::row, row)));
        statuses.scan(
                summary -> summaries.put(summary.key(), kept(summary.key(), EntryView::status, summary)),
                pair -> pairs.computeIfAbsent(pair.entry(), key -> new ConcurrentLinkedQueue<>())
                        .add(kept(pair)));
        Set<EntryKey> keys = new HashSet<>(entries.keySet());
        keys.addAll(rows.keySet());
        keys.addAll(summaries.keySet());
        keys.addAll(pairs.keySet());
        for (EntryKey key : keys) {
            EntryStatus summary = summaries.getOrDefault(key, EntryStatus.fresh(key));
            Collection<PairStatus> ofKey = pairs.getOrDefault(key, new ConcurrentLinkedQueue<>());
            note(new EntryView(key, rows.get(key), summary, List.copyOf(ofKey)));
        }
        readAt.forEach((key, instant) -> {
            if (begin - instant < SCAN_LAG) {
                changed.add(key);
            }
        });
        readAt.clear();
        listed = true;
    }

    /** What is known already, if it is equal: else a large table would be in memory twice while it is listed. */
    private <T> T kept(EntryKey key, Function<EntryView, T> part, T read) {
        EntryView known = entries.get(key);
        return known != null && read.equals(part.apply(known)) ? part.apply(known) : read;
    }

    private PairStatus kept(PairStatus read) {
        EntryView known = entries.get(read.entry());
        List<PairStatus> pairs = known == null ? List.of() : known.pairs();
        return pairs.stream().filter(read::equals).findFirst().orElse(read);
    }

    private void read(EntryKey key) {
        MirrorRow row = mirrors.load(key).orElse(null);
        EntryRecords records = statuses.load(key);
        note(new EntryView(key, row, records.entry(), records.pairs()));
    }

    private void note(EntryView now) {
        boolean isGone =
                now.row() == null && now.pairs().isEmpty() && now.status().observedAt() == null;
        EntryView before = isGone ? entries.remove(now.key()) : entries.put(now.key(), now);
        if (isGone ? before != null : !now.equals(before)) {
            listeners.forEach(listener -> listener.accept(now.key()));
        }
    }
}
