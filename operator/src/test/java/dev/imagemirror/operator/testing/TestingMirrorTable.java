package dev.imagemirror.operator.testing;

import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.domain.entry.RowAttributes;
import dev.imagemirror.operator.port.MirrorTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A mirror table in memory. Thread-safe. */
public final class TestingMirrorTable implements MirrorTable {
    private final Map<EntryKey, MirrorRow> rows = new ConcurrentSkipListMap<>();
    private final Map<EntryKey, String> requests = new ConcurrentHashMap<>();
    private final List<EntryKey> reads = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger scans = new AtomicInteger();
    private volatile Runnable beforeLoad = () -> {};
    private final TestingFailures failures = new TestingFailures("the mirror table");

    /** Puts a row as a person would, whoever has it. */
    public TestingMirrorTable row(String source, Map<String, ?> attributes) {
        EntryKey key = new EntryKey(source);
        rows.put(key, asRead(key, attributes));
        return this;
    }

    /** The row as a table reads it: of attributes that mean nothing, it has the names alone. */
    static MirrorRow asRead(EntryKey key, Map<String, ?> attributes) {
        Map<String, Object> known = new HashMap<>(attributes);
        known.keySet().retainAll(RowAttributes.NAMES);
        Set<String> ignored = new HashSet<>(attributes.keySet());
        ignored.removeAll(known.keySet());
        return new MirrorRow(key, known, ignored);
    }

    /** Puts a row with nothing but a destination. */
    public TestingMirrorTable row(String source, String destination) {
        return row(source, Map.of(MirrorRow.DESTINATION, destination));
    }

    /** Removes a row as a person would. */
    public void removeRow(String source) {
        rows.remove(new EntryKey(source));
    }

    /** The row of that source, or null; not counted as a read. */
    public MirrorRow row(String source) {
        return rows.get(new EntryKey(source));
    }

    /** The keys that were loaded, in order. */
    public List<EntryKey> reads() {
        return List.copyOf(reads);
    }

    /** How often all rows were asked for. */
    public int scans() {
        return scans.get();
    }

    /** Lets calls fail. */
    public TestingFailures failures() {
        return failures;
    }

    @Override
    public void scan(Consumer<MirrorRow> consumer) {
        scans.incrementAndGet();
        failures.read();
        rows.values().forEach(consumer);
    }

    /** Something that happens while a row is asked for. */
    public void beforeLoad(Runnable what) {
        beforeLoad = what;
    }

    @Override
    public Optional<MirrorRow> load(EntryKey key) {
        beforeLoad.run();
        reads.add(key);
        failures.read();
        return Optional.ofNullable(rows.get(key));
    }

    @Override
    public boolean put(MirrorRow row, String manager) {
        return failures.write(() -> {
            boolean allowed = isFree(row.key(), manager);
            if (allowed) {
                rows.put(row.key(), row);
            }
            return allowed;
        });
    }

    @Override
    public boolean delete(EntryKey key, String manager) {
        return failures.write(() -> {
            boolean allowed = isFree(key, manager);
            if (allowed) {
                rows.remove(key);
                requests.remove(key);
            }
            return allowed;
        });
    }

    @Override
    public boolean release(EntryKey key, String manager) {
        return failures.write(() -> {
            boolean allowed = isFree(key, manager);
            rows.computeIfPresent(key, (same, row) -> allowed ? row.released() : row);
            return allowed;
        });
    }

    @Override
    public boolean request(EntryKey key, String manager, String token) {
        return failures.write(
                () -> rows.containsKey(key) && isFree(key, manager) && !token.equals(requests.put(key, token)));
    }

    /** The token of the last request for a pass over a row, or null. */
    public String request(String source) {
        return requests.get(new EntryKey(source));
    }

    private boolean isFree(EntryKey key, String manager) {
        MirrorRow row = rows.get(key);
        return row == null || manager.equals(row.attributes().get(MirrorRow.MANAGED_BY));
    }
}
