package dev.imagemirror.operator.bench;

import dev.imagemirror.operator.catalog.EntryIndex;
import dev.imagemirror.operator.claim.Admission;
import dev.imagemirror.operator.claim.LiveClaims;
import dev.imagemirror.operator.claim.ReconcilerSettings;
import dev.imagemirror.operator.domain.Drift;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.engine.ControllerLoop;
import dev.imagemirror.operator.engine.Deferrals;
import dev.imagemirror.operator.engine.WorkQueue;
import dev.imagemirror.operator.port.Ports;
import dev.imagemirror.operator.port.RepositoryCreator;
import dev.imagemirror.operator.reconcile.MirrorReconciler;
import dev.imagemirror.operator.reconcile.ReconcileHints;
import dev.imagemirror.operator.reconcile.ReconcilerBuilder;
import dev.imagemirror.operator.registry.DeniedMeansMissing;
import dev.imagemirror.operator.registry.RegistryDigestResolver;
import dev.imagemirror.operator.registry.RegistryLimits;
import dev.imagemirror.operator.testing.PassEnds;
import dev.imagemirror.operator.testing.TestingCopyJobQueue;
import dev.imagemirror.operator.testing.TestingMirrorTable;
import dev.imagemirror.operator.testing.TestingStatusTable;
import dev.imagemirror.registry.RegistryClient;
import dev.imagemirror.registry.TestingSettings;
import dev.imagemirror.registry.http.RetryPolicy;
import dev.imagemirror.registry.model.CredentialProvider;
import dev.imagemirror.thread.Backoff;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;

/** The real loop, reconciler and registry client over tables in memory: one entry a repository, all its tags. */
final class InMemorySweep implements AutoCloseable {
    private static final int WORKERS = 32;

    private final TestingMirrorTable mirrors = new TestingMirrorTable();
    private final TestingStatusTable statuses = new TestingStatusTable(mirrors);
    private final TestingCopyJobQueue jobs = new TestingCopyJobQueue(Clock.systemUTC());
    private final WorkQueue<EntryKey> queue = new WorkQueue<>(System::nanoTime);
    private final List<EntryKey> keys = new ArrayList<>();
    private final RegistryClient client;
    private final RegistryDigestResolver resolver;
    private final ControllerLoop<EntryKey> loop;
    private volatile CountDownLatch left = new CountDownLatch(0);

    InMemorySweep(FullRegistry registry, int repositories) {
        Random random = new Random();
        client = new RegistryClient(
                TestingSettings.onLoopback(),
                CredentialProvider.ANONYMOUS,
                RetryPolicy.standard(Clock.systemUTC(), random));
        // no answer is remembered, so that each sweep asks anew
        RegistryLimits limits = new RegistryLimits(
                RegistryLimits.STANDARD.concurrency(),
                WORKERS,
                Duration.ZERO,
                RegistryLimits.STANDARD.rememberedAnswers());
        resolver = new RegistryDigestResolver(client, limits, DeniedMeansMissing.NOWHERE, Clock.systemUTC(), random);
        loop = new ControllerLoop<>(
                queue,
                reconciler(random),
                WORKERS,
                new Backoff(random),
                new Deferrals<>(random),
                PassEnds.heardBy((key, outcome, took) -> left.countDown()));
        for (int i = 0; i < repositories; i++) {
            row(
                    registry.process().reference(FullRegistry.from(i)),
                    registry.process().reference(FullRegistry.to(i)));
        }
    }

    private MirrorReconciler reconciler(Random random) {
        Admission admission =
                new Admission(new Admission.Limits(100, 100), new LiveClaims(), Clock.systemUTC(), queue::add);
        return new ReconcilerBuilder(
                        new Ports(mirrors, statuses, resolver, jobs, destination -> new RepositoryCreator.Exists()),
                        ReconcilerSettings.standard("bench"),
                        admission)
                .triggeredBy(new EntryIndex(), new ReconcileHints(), queue::add)
                .timedBy(Clock.systemUTC(), System::nanoTime)
                .varying(random, new Backoff(random)::delay)
                .build();
    }

    private void row(String source, String destination) {
        mirrors.row(source, Map.of("Destination", destination, "Tags", Map.of("Include", List.of("*"))));
        keys.add(new EntryKey(source));
    }

    void start() {
        loop.start();
    }

    /** One pass over every entry; gives the seconds it took. */
    double sweep() throws InterruptedException {
        left = new CountDownLatch(keys.size());
        long start = System.nanoTime();
        keys.forEach(queue::add);
        left.await();
        return (System.nanoTime() - start) / 1e9;
    }

    /** The pairs that were seen to be in sync. */
    long pairsInSync() {
        return statuses.pairs().stream()
                .filter(pair -> pair.state().drift() == Drift.IN_SYNC)
                .count();
    }

    /** Writes to the status table so far. */
    int writes() {
        return statuses.writes();
    }

    @Override
    public void close() {
        try {
            loop.stop(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        resolver.close();
        client.close();
    }
}
