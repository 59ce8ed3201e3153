package dev.imagemirror.operator.testing;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.Claim;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.EntryStatus;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.domain.PairState;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.domain.UnreadableItem;
import dev.imagemirror.operator.port.ClaimResult;
import dev.imagemirror.operator.port.EntryRecords;
import dev.imagemirror.operator.port.NewerOwnerException;
import dev.imagemirror.operator.port.PortException;
import dev.imagemirror.operator.port.StatusTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A status table in memory, beside the mirror table that claims are checked against. Thread-safe. */
public final class TestingStatusTable implements StatusTable {
    private record PairKey(EntryKey entry, ImageReference destination) {}

    private final TestingMirrorTable mirrors;
    private final Map<EntryKey, EntryStatus> entries = new TreeMap<>();
    /** An entry's pairs lie together, behind the key that has no destination. */
    private final NavigableMap<PairKey, PairStatus> pairs = new TreeMap<>(Comparator.comparing(PairKey::entry)
            .thenComparing(
                    key -> key.destination() == null ? "" : key.destination().toString()));

    private final Map<ImageReference, Owner> owners = new HashMap<>();
    /** Why pairs are refused. */
    private final Map<PairKey, String> refused = new HashMap<>();

    private final Map<EntryKey, String> newerSummaries = new HashMap<>();
    private final Set<ImageReference> newerOwners = new HashSet<>();
    private final List<UnreadableItem> unreadable = new ArrayList<>();
    private final TestingFailures failures = new TestingFailures("the status table");
    private int writes;

    /** An empty table. */
    public TestingStatusTable(TestingMirrorTable mirrors) {
        this.mirrors = mirrors;
    }

    /** How many calls changed the table. */
    public synchronized int writes() {
        return writes;
    }

    /** Lets calls fail. */
    public TestingFailures failures() {
        return failures;
    }

    /** The entry's summary as it is now, or null; not counted as a read. */
    public synchronized EntryStatus entry(String key) {
        return entries.get(new EntryKey(key));
    }

    /** The pair as it is now, or null; not counted as a read. */
    public synchronized PairStatus pair(String key, String destination) {
        return pairs.get(
                new PairKey(new EntryKey(key), ImageReference.parse(destination).identity()));
    }

    /** All pairs as they are now. */
    public synchronized List<PairStatus> pairs() {
        return List.copyOf(pairs.values());
    }

    /** Which entry has a destination, or null. */
    public synchronized EntryKey owner(String destination) {
        Owner owner = owners.get(ImageReference.parse(destination).identity());
        return owner == null ? null : owner.entry();
    }

    /** Puts a pair as it is, whatever is there. */
    public synchronized void set(PairStatus status) {
        pairs.put(keyOf(status), status);
    }

    /** From now on the pair cannot be worked on, for this reason. */
    public synchronized void refuse(PairStatus pair, String fault) {
        refused.put(keyOf(pair), fault);
    }

    /** From now on a newer operator's is the entry's summary. */
    public synchronized void refuseSummary(String key, String fault) {
        newerSummaries.put(new EntryKey(key), fault);
    }

    /** From now on a newer operator's is the destination's owner item. */
    public synchronized void refuseOwner(ImageReference destination) {
        newerOwners.add(destination.identity());
    }

    /** Puts an item of which nothing can be made. */
    public synchronized void spoil(UnreadableItem item) {
        unreadable.add(item);
    }

    /** Items of which nothing can be made. */
    public synchronized List<UnreadableItem> unreadable() {
        return List.copyOf(unreadable);
    }

    /** Whether a copy job of the entry is in flight. */
    synchronized boolean isCopying(EntryKey key) {
        return pairs.values().stream().anyMatch(pair -> pair.entry().equals(key) && pair.claim() != null);
    }

    /** Puts all that is known of one entry under the key of another, as far as that has nothing yet. */
    synchronized void move(EntryKey from, EntryKey to) {
        EntryStatus summary = entries.remove(from);
        if (summary != null) {
            entries.putIfAbsent(to, new EntryStatus(to, summary.summary(), summary.tags(), summary.observedAt(), 1));
        }
        for (PairStatus pair : pairs()) {
            if (pair.entry().equals(from)) {
                pairs.remove(keyOf(pair));
                PairStatus moved =
                        new PairStatus(to, pair.pair(), pair.state(), pair.seen(), pair.times(), pair.progress(), 1);
                pairs.putIfAbsent(keyOf(moved), moved);
                Owner owner = owners.get(pair.identity());
                if (owner != null && owner.entry().equals(from)) {
                    own(pair.identity(), to, owner);
                }
            }
        }
    }

    @Override
    public synchronized EntryRecords load(EntryKey key) {
        failures.read();
        List<PairStatus> own = new ArrayList<>();
        for (PairStatus pair : pairs.tailMap(new PairKey(key, null)).values()) { // a stream would count them all first
            if (!pair.entry().equals(key)) {
                break;
            }
            own.add(pair);
        }
        List<PairStatus> left =
                own.stream().filter(this::isRefused).map(this::shown).toList();
        own.removeIf(this::isRefused);
        EntryRecords.Refused all = new EntryRecords.Refused(
                left,
                unreadable.stream().filter(item -> item.entry().equals(key)).toList(),
                newerSummaries.containsKey(key));
        return new EntryRecords(shown(entries.getOrDefault(key, EntryStatus.fresh(key))), own, all);
    }

    @Override
    public synchronized boolean discard(UnreadableItem item) {
        return writing(item.removable(), () -> unreadable.remove(item));
    }

    private boolean isRefused(PairStatus pair) {
        return refused.containsKey(keyOf(pair));
    }

    private PairStatus shown(PairStatus pair) {
        return isRefused(pair)
                ? new PairStatus(
                        pair.entry(),
                        pair.pair(),
                        PairState.refused(refused.get(keyOf(pair))),
                        pair.seen(),
                        pair.times(),
                        pair.progress(),
                        pair.version())
                : pair;
    }

    private EntryStatus shown(EntryStatus entry) {
        String fault = newerSummaries.get(entry.key());
        return fault == null
                ? entry
                : new EntryStatus(
                        entry.key(), entry.summary().refused(fault), entry.tags(), entry.observedAt(), entry.version());
    }

    private void keepRefused(boolean refusal, Object item) {
        if (refusal) {
            throw new PortException(item + " is left alone; upgrade this operator", null);
        }
    }

    /** Throws if a newer operator keeps a destination of the entry. */
    synchronized void keepNewerOwners(EntryKey key) {
        pairs.values().stream()
                .filter(pair -> pair.entry().equals(key))
                .forEach(pair -> keepNewerOwner(pair.destination()));
    }

    private void keepNewerOwner(ImageReference destination) {
        if (newerOwners.contains(destination.identity())) {
            throw new NewerOwnerException(destination.identity(), "2");
        }
    }

    @Override
    public void scan(
            Consumer<EntryStatus> entryConsumer,
            Consumer<PairStatus> pairConsumer,
            Consumer<UnreadableItem> unreadableConsumer) {
        List<EntryStatus> entriesNow;
        List<PairStatus> pairsNow;
        synchronized (this) {
            failures.read();
            entriesNow = entries.values().stream().map(this::shown).toList();
            pairsNow = pairs.values().stream().map(this::shown).toList();
        }
        entriesNow.forEach(entryConsumer);
        pairsNow.forEach(pairConsumer);
        unreadable().forEach(unreadableConsumer);
    }

    @Override
    public synchronized boolean write(EntryStatus status) {
        return writing(status.version() == version(status), () -> {
            entries.put(status.key(), status.at(status.version() + 1));
        });
    }

    @Override
    public synchronized boolean write(PairStatus status) {
        return writing(isAsRead(status), () -> store(status.withClaim(claimOf(status))));
    }

    @Override
    public synchronized ClaimResult claim(MirrorRow row, List<PairStatus> claimed) {
        return failures.write(() -> {
            MirrorRow now = mirrors.row(row.key().text());
            if (now == null
                    || !row.attributes().equals(now.attributes())
                    || !claimed.stream().allMatch(pair -> isAsRead(pair) && claimOf(pair) == null)) {
                return new ClaimResult.Changed();
            }
            for (PairStatus pair : claimed) {
                keepNewerOwner(pair.destination());
                Owner owner = owners.get(pair.identity());
                if (owner != null && !owner.entry().equals(row.key())) {
                    return new ClaimResult.Owned(pair.destination(), owner.entry());
                }
            }
            claimed.forEach(pair -> own(pair.identity(), row.key(), owners.get(pair.identity())));
            claimed.forEach(this::store);
            writes++;
            return new ClaimResult.Claimed();
        });
    }

    @Override
    public synchronized boolean change(List<PairStatus> changed) {
        return writing(changed.stream().allMatch(this::isAsRead), () -> changed.forEach(this::store));
    }

    @Override
    public synchronized EntryKey own(ImageReference destination, EntryKey key) {
        return failures.write(() -> {
            Owner owner = owners.get(destination.identity());
            if (owner != null) {
                return owner.entry();
            }
            keepNewerOwner(destination);
            own(destination.identity(), key, null);
            writes++;
            return key;
        });
    }

    @Override
    public synchronized Optional<Owner> ownerOf(ImageReference destination) {
        return Optional.ofNullable(owners.get(destination.identity()));
    }

    @Override
    public synchronized boolean exchange(ImageReference destination, Owner from, EntryKey to) {
        keepNewerOwner(destination);
        return writing(from.equals(owners.get(destination.identity())), () -> own(destination.identity(), to, from));
    }

    @Override
    public synchronized boolean remove(PairStatus status) {
        return writing(isAsRead(status) && claimOf(status) == null, () -> {
            pairs.remove(keyOf(status));
            Owner owner = owners.get(status.identity());
            boolean isNewer = newerOwners.contains(status.identity());
            if (!isNewer && owner != null && owner.entry().equals(status.entry())) {
                owners.remove(status.identity());
            }
        });
    }

    @Override
    public synchronized boolean remove(EntryStatus status) {
        return writing(status.version() == version(status), () -> entries.remove(status.key()));
    }

    private void own(ImageReference identity, EntryKey key, Owner before) {
        owners.put(identity, new Owner(key, before == null ? 1 : before.version() + 1));
    }

    private boolean writing(boolean allowed, Runnable effect) {
        return failures.write(() -> {
            if (allowed) {
                effect.run();
                writes++;
            }
            return allowed;
        });
    }

    private void store(PairStatus status) {
        pairs.put(keyOf(status), status.at(status.version() + 1));
    }

    private boolean isAsRead(PairStatus status) {
        keepRefused(isRefused(status), status.destination());
        PairStatus now = pairs.get(keyOf(status));
        return status.version() == (now == null ? 0 : now.version());
    }

    private Claim claimOf(PairStatus status) {
        PairStatus now = pairs.get(keyOf(status));
        return now == null ? null : now.claim();
    }

    private long version(EntryStatus status) {
        keepRefused(newerSummaries.containsKey(status.key()), status.key());
        EntryStatus now = entries.get(status.key());
        return now == null ? 0 : now.version();
    }

    private static PairKey keyOf(PairStatus status) {
        return new PairKey(status.entry(), status.identity());
    }
}
