package dev.imagemirror.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.image.Digest;
import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.catalog.EntryIndex;
import dev.imagemirror.operator.claim.Admission;
import dev.imagemirror.operator.claim.LiveClaims;
import dev.imagemirror.operator.claim.ReconcilerSettings;
import dev.imagemirror.operator.domain.CopyJob;
import dev.imagemirror.operator.domain.CopyJobSpec;
import dev.imagemirror.operator.domain.CopyRecord;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.EntryStatus;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.domain.Resolution;
import dev.imagemirror.operator.domain.entry.MirrorEntry;
import dev.imagemirror.operator.engine.ReconcileResult;
import dev.imagemirror.operator.port.ClaimResult;
import dev.imagemirror.operator.port.ForwardingStatusTable;
import dev.imagemirror.operator.port.Ports;
import dev.imagemirror.operator.port.RepositoryCreator;
import dev.imagemirror.operator.port.StatusTable;
import dev.imagemirror.operator.testing.TestingCopyJobQueue;
import dev.imagemirror.operator.testing.TestingDigestResolver;
import dev.imagemirror.operator.testing.TestingMirrorTable;
import dev.imagemirror.operator.testing.TestingStatusTable;
import dev.imagemirror.testing.MutableClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Tables, registries and a queue in memory, and operators that work on them pass by pass. */
final class Scene {
    static final String SOURCE = "docker.io/library/golang:1.17";
    static final String DESTINATION = "a.example.com/golang:1.17";

    /** By how much wall clocks were set; monotonic ones did not move. */
    private Duration jumped = Duration.ZERO;

    final MutableClock clock = MutableClock.atSomeInstant();
    final TestingMirrorTable mirrors = new TestingMirrorTable();
    final TestingStatusTable statuses = new TestingStatusTable(mirrors);
    final TestingDigestResolver registries = new TestingDigestResolver();
    final TestingCopyJobQueue queue = new TestingCopyJobQueue(clock);
    final Map<String, String> missingRepositories = new HashMap<>();
    final List<String> createdRepositories = new ArrayList<>();
    final List<CopyRecord> endedCopies = new ArrayList<>();
    final Operator operator = operator("one");

    /** One process. */
    final class Operator {
        final List<EntryKey> enqueued = new ArrayList<>();
        final EntryIndex index = new EntryIndex();
        final LiveClaims live = new LiveClaims();
        final ReconcileHints hints = new ReconcileHints();
        final Admission admission;
        final MirrorReconciler reconciler;
        Runnable afterClaim = () -> {};
        Runnable afterChange = () -> {};

        Operator(String name, Admission.Limits limits) {
            this(limits, ReconcilerSettings.standard(name), 0);
        }

        /** @param started by how much its monotonic clock differs from others' */
        Operator(Admission.Limits limits, ReconcilerSettings settings, long started) {
            admission = new Admission(limits, live, clock, enqueued::add);
            Ports ports = new Ports(mirrors, pausing(statuses), registries, queue, this::create);
            reconciler = new ReconcilerBuilder(ports, settings, admission)
                    .triggeredBy(index, hints, enqueued::add)
                    .tellingOf(new Copies())
                    .timedBy(clock, () -> clock.millis() * 1_000_000 - jumped.toNanos() + started)
                    .varying(new Random(settings.claimant().hashCode()), failures -> Duration.ofMinutes(failures))
                    .build();
        }

        private final class Copies implements PassListener {
            @Override
            public void registriesAreAsked(MirrorEntry entry) {}

            @Override
            public void copyEnded(EntryKey entry, CopyRecord copy) {
                endedCopies.add(copy);
            }
        }

        /** The table, with what a test wants to happen right after a write of claims. */
        private StatusTable pausing(StatusTable table) {
            return new ForwardingStatusTable(table) {
                @Override
                public ClaimResult claim(MirrorRow row, List<PairStatus> pairs) {
                    ClaimResult result = super.claim(row, pairs);
                    afterClaim.run();
                    return result;
                }

                @Override
                public boolean change(List<PairStatus> pairs) {
                    boolean changed = super.change(pairs);
                    afterChange.run();
                    return changed;
                }
            };
        }

        private RepositoryCreator.Answer create(ImageReference destination) {
            createdRepositories.add(destination.name());
            String fault = missingRepositories.get(destination.name());
            return fault == null ? new RepositoryCreator.Exists() : new RepositoryCreator.Refused(fault);
        }

        /** One pass over an entry. */
        ReconcileResult pass(String key) {
            return reconciler.reconcile(new EntryKey(key));
        }

        /** One complete pass over an entry; how long until the next. */
        Duration untilNext(String key) {
            ReconcileResult result = pass(key);
            assertThat(result).isInstanceOf(ReconcileResult.RequeueAfter.class);
            return ((ReconcileResult.RequeueAfter) result).delay();
        }

        /** Passes over all entries of the table. */
        void sweep() {
            List<EntryKey> keys = new ArrayList<>();
            mirrors.scan(row -> keys.add(row.key()));
            keys.stream().sorted().forEach(reconciler::reconcile);
        }
    }

    Operator operator(String name) {
        return operator(name, new Admission.Limits(100, 100));
    }

    /** A process that makes one pass and ends. */
    Operator oneShot(String name) {
        ReconcilerSettings settings = ReconcilerSettings.standard(name).oneShot();
        return new Operator(new Admission.Limits(100, 100), settings, 0);
    }

    Operator operator(String name, Admission.Limits limits) {
        return new Operator(name, limits);
    }

    /** Sets the wall clock, while no time passes. */
    void setWallClock(Duration ahead) {
        clock.advance(ahead);
        jumped = jumped.plus(ahead);
    }

    /** A digest that stands for some content. */
    static Digest digest(String content) {
        return Digest.sha256(content.getBytes(StandardCharsets.UTF_8));
    }

    void source(String reference, String content) {
        registries.found(reference, digest(content));
    }

    /** All destinations of a job get its source digest, and the job ends well. */
    void complete(String jobId) {
        CopyJobSpec job = queue.spec(jobId);
        Digest digest =
                ImageReference.parse(job.parameters().get(CopyJobSpec.SOURCE)).digest();
        for (String destination : job.parameters().get(CopyJobSpec.DESTINATIONS).split(",", -1)) {
            registries.answer(destination, new Resolution.Found(digest));
        }
        queue.start(jobId);
        queue.succeed(jobId);
    }

    List<CopyJob> runningJobs() {
        return queue.jobs().stream().filter(job -> !job.state().isEnded()).toList();
    }

    String onlyJob() {
        assertThat(runningJobs()).hasSize(1);
        return runningJobs().get(0).id();
    }

    PairStatus pair() {
        return pair(SOURCE, DESTINATION);
    }

    PairStatus pair(String key, String destination) {
        PairStatus pair = statuses.pair(key, destination);
        assertThat(pair)
                .as("%s -> %s in %s", key, destination, statuses.pairs())
                .isNotNull();
        return pair;
    }

    EntryStatus summary(String key) {
        return statuses.entry(key);
    }
}
