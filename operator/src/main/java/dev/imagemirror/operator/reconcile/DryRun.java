package dev.imagemirror.operator.reconcile;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.Claim;
import dev.imagemirror.operator.domain.CopyJob;
import dev.imagemirror.operator.domain.CopyJobSpec;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.EntryStatus;
import dev.imagemirror.operator.domain.JobReport;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.domain.UnreadableItem;
import dev.imagemirror.operator.port.ClaimResult;
import dev.imagemirror.operator.port.CopyJobQueue;
import dev.imagemirror.operator.port.EntryRecords;
import dev.imagemirror.operator.port.ForwardingStatusTable;
import dev.imagemirror.operator.port.Ports;
import dev.imagemirror.operator.port.StatusTable;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Ports that read the world and change nothing: what a pass would write is kept. Thread-safe. */
public final class DryRun {
    private record Item(EntryKey entry, ImageReference destination) {}

    private final Map<EntryKey, EntryStatus> entries = new ConcurrentHashMap<>();
    private final Map<EntryKey, Map<ImageReference, PairStatus>> pairs = new ConcurrentHashMap<>();
    private final Map<ImageReference, EntryKey> owners = new ConcurrentHashMap<>();
    private final Set<Item> forgotten = ConcurrentHashMap.newKeySet();
    private final Set<String> submitted = ConcurrentHashMap.newKeySet();
    private final Ports ports;

    private DryRun(Ports real) {
        this.ports = new Ports(
                real.mirrors(),
                new Statuses(real.statuses()),
                real.registries(),
                new Jobs(real.jobs(), submitted),
                destination -> null);
    }

    /** A dry run over the world of {@code real}. */
    public static DryRun over(Ports real) {
        return new DryRun(real);
    }

    /** What to make a reconciler of. */
    public Ports ports() {
        return ports;
    }

    /** What the status table would have of the entry after the passes so far. */
    public EntryRecords after(EntryKey key) {
        EntryRecords stored = ports.statuses().load(key);
        Map<ImageReference, PairStatus> all = new LinkedHashMap<>();
        stored.pairs().forEach(pair -> all.put(pair.identity(), pair));
        all.putAll(pairs.getOrDefault(key, Map.of()));
        all.keySet().removeIf(destination -> forgotten.contains(new Item(key, destination)));
        return new EntryRecords(entries.getOrDefault(key, stored.entry()), List.copyOf(all.values()), stored.refused());
    }

    /** True if the passes so far would have submitted the job of this claim. */
    public boolean wouldSubmit(Claim claim) {
        return submitted.contains(claim.jobName());
    }

    /** Reads the table; every write stays here. */
    private final class Statuses extends ForwardingStatusTable {
        Statuses(StatusTable real) {
            super(real);
        }

        @Override
        public boolean write(EntryStatus status) {
            entries.put(status.key(), status);
            return true;
        }

        @Override
        public boolean write(PairStatus status) {
            pairs.computeIfAbsent(status.entry(), key -> new ConcurrentHashMap<>())
                    .put(status.identity(), status);
            return true;
        }

        @Override
        public ClaimResult claim(MirrorRow row, List<PairStatus> claimed) {
            claimed.forEach(this::write);
            return new ClaimResult.Claimed();
        }

        @Override
        public boolean change(List<PairStatus> changed) {
            changed.forEach(this::write);
            return true;
        }

        @Override
        public EntryKey own(ImageReference destination, EntryKey key) {
            return ownerOf(destination)
                    .map(Owner::entry)
                    .orElseGet(() -> owners.computeIfAbsent(destination.identity(), unowned -> key));
        }

        @Override
        public Optional<Owner> ownerOf(ImageReference destination) {
            EntryKey owner = owners.get(destination.identity());
            return owner == null ? super.ownerOf(destination) : Optional.of(new Owner(owner, 0));
        }

        @Override
        public boolean exchange(ImageReference destination, Owner from, EntryKey to) {
            owners.put(destination.identity(), to);
            return true;
        }

        @Override
        public boolean remove(PairStatus status) {
            forgotten.add(new Item(status.entry(), status.identity()));
            return true;
        }

        @Override
        public boolean discard(UnreadableItem item) {
            return true;
        }

        @Override
        public boolean remove(EntryStatus status) {
            entries.put(status.key(), EntryStatus.fresh(status.key()));
            return true;
        }
    }

    /** Takes every job and runs none. */
    private record Jobs(CopyJobQueue real, Set<String> submitted) implements CopyJobQueue {
        @Override
        public String queue() {
            return real.queue();
        }

        @Override
        public String definition() {
            return real.definition();
        }

        @Override
        public Duration settling(String jobId) {
            return real.settling(jobId);
        }

        @Override
        public Submission submit(String jobName, CopyJobSpec job) {
            submitted.add(jobName);
            return new Submission.Accepted("(dry run)");
        }

        @Override
        public Map<String, CopyJob> describe(Collection<String> jobIds) {
            return real.describe(jobIds);
        }

        @Override
        public List<CopyJob> findByName(String queue, String jobName) {
            return real.findByName(queue, jobName);
        }

        @Override
        public void terminate(String jobId, String reason) {
            // a dry run ends nothing
        }

        @Override
        public Optional<JobReport> report(CopyJob job) {
            return real.report(job);
        }
    }
}
