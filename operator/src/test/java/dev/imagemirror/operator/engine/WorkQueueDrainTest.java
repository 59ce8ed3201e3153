package dev.imagemirror.operator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.imagemirror.testing.Latches;
import dev.imagemirror.thread.DaemonThreads;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A queue that is worked off by a run that ends. */
@Timeout(30)
class WorkQueueDrainTest {
    private static final Duration FOREVER = Duration.ofDays(365);

    private final StepTicker ticker = new StepTicker();
    private final WorkQueue<String> queue = new WorkQueue<>(ticker);
    private final Queue<String> worked = new ConcurrentLinkedQueue<>();

    @Test
    void anEmptyQueueEndsAtOnce() throws InterruptedException {
        assertThat(queue.drain(3, FOREVER, worked::add)).isEmpty();

        assertThat(worked).isEmpty();
    }

    @Test
    void processesEachKeyOnceAndAcceptsNoMore() throws InterruptedException {
        Set.of("a", "b", "c", "d").forEach(queue::add);

        assertThat(queue.drain(3, FOREVER, worked::add)).isEmpty();

        assertThat(worked).containsExactlyInAnyOrder("a", "b", "c", "d");
        queue.add("late");
        assertThat(queue.take()).isEmpty();
        assertThat(queue.depth()).isZero();
    }

    @Test
    void keysAddedDuringTheRunAreProcessedToo() throws InterruptedException {
        queue.add("a");

        queue.drain(2, FOREVER, key -> {
            worked.add(key);
            if (key.length() < 4) {
                queue.add(key + "a");
            }
        });

        assertThat(worked).containsExactly("a", "aa", "aaa", "aaaa");
    }

    @Test
    void keyAddedDuringItsProcessingIsProcessedAgain() throws InterruptedException {
        AtomicBoolean isFirst = new AtomicBoolean(true);
        queue.add("a");

        queue.drain(2, FOREVER, key -> {
            worked.add(key);
            if (isFirst.getAndSet(false)) {
                queue.add(key);
                queue.add(key);
            }
        });

        assertThat(worked).containsExactly("a", "a");
    }

    @Test
    void aPlannedKeyWaitsWithoutAWorkerAndTheRunForIt() {
        AtomicInteger later = new AtomicInteger();
        queue.add("later");
        queue.add("b");
        ticker.onStep(queue::wake);

        CompletableFuture<Set<String>> left = inBackground(1, FOREVER, key -> {
            worked.add(key);
            if (key.equals("later") && later.getAndIncrement() == 0) {
                queue.addAfter(key, Duration.ofHours(1));
            }
        });
        await().untilAsserted(() -> assertThat(worked).containsExactly("later", "b"));
        await().during(Duration.ofMillis(50)).until(() -> !left.isDone());
        ticker.step(Duration.ofHours(1));

        assertThat(left).succeedsWithin(10, TimeUnit.SECONDS).isEqualTo(Set.of());
        assertThat(worked).containsExactly("later", "b", "later");
    }

    @Test
    void aPlanIsFulfilledByARunThatWasAddedDuringTheWork() throws InterruptedException {
        AtomicBoolean isFirst = new AtomicBoolean(true);
        queue.add("a");

        assertThat(queue.drain(1, FOREVER, key -> {
                    worked.add(key);
                    if (isFirst.getAndSet(false)) {
                        queue.add(key);
                        queue.addAfter(key, Duration.ofHours(1));
                    }
                }))
                .isEmpty();

        assertThat(worked).containsExactly("a", "a");
    }

    @Test
    void idleWorkerWaitsForKeysThatTheOtherMayAdd() {
        CountDownLatch release = new CountDownLatch(1);
        queue.add("slow");

        CompletableFuture<Set<String>> left = inBackground(2, FOREVER, key -> {
            if (key.equals("slow")) {
                Latches.await(release);
                queue.add("a");
                queue.add("b");
            }
            worked.add(key);
        });
        await().during(Duration.ofMillis(50)).until(() -> !left.isDone());
        release.countDown();

        assertThat(left).succeedsWithin(10, TimeUnit.SECONDS).isEqualTo(Set.of());
        assertThat(worked).containsExactlyInAnyOrder("slow", "a", "b");
    }

    @Test
    void timeoutLeavesRemainingKeysAndInterruptsRunningWork() {
        CountDownLatch interrupted = new CountDownLatch(1);
        queue.add("hanging");
        queue.add("waiting");
        queue.addAfter("planned", Duration.ofHours(1));

        CompletableFuture<Set<String>> left = inBackground(1, Duration.ofSeconds(2), key -> {
            worked.add(key);
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                queue.addAfter(key, Duration.ofSeconds(1));
                interrupted.countDown();
            }
        });

        assertThat(left).succeedsWithin(10, TimeUnit.SECONDS).isEqualTo(Set.of("hanging", "waiting", "planned"));
        await().until(() -> interrupted.getCount() == 0);
        assertThat(worked).containsExactly("hanging");
    }

    @Test
    void aRunWithoutTimeLeavesAll() throws InterruptedException {
        queue.addAfter("a", Duration.ofHours(1));

        assertThat(queue.drain(1, Duration.ZERO, worked::add)).containsExactly("a");
    }

    @Test
    void workThatThrowsEndsNeitherItsWorkerNorTheRun() throws InterruptedException {
        Set.of("a", "b", "c").forEach(queue::add);

        Set<String> left = queue.drain(1, FOREVER, key -> {
            worked.add(key);
            throw new IllegalStateException("bad");
        });

        assertThat(left).isEmpty();
        assertThat(worked).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void noKeyIsForgottenOrInTwoThreads() throws InterruptedException {
        Map<String, AtomicInteger> inside = new ConcurrentHashMap<>();
        Map<String, AtomicInteger> runs = new ConcurrentHashMap<>();
        Queue<String> violations = new ConcurrentLinkedQueue<>();
        WorkQueue<String> real = new WorkQueue<>(System::nanoTime);
        for (int i = 0; i < 2_000; i++) {
            real.add("key " + i);
        }

        Set<String> left = real.drain(8, FOREVER, key -> {
            if (inside.computeIfAbsent(key, k -> new AtomicInteger()).incrementAndGet() > 1) {
                violations.add(key);
            }
            int run = runs.computeIfAbsent(key, k -> new AtomicInteger()).incrementAndGet();
            if (run == 1) {
                real.addAfter(key, Duration.ofNanos(1 + key.hashCode() & 0xfff));
            }
            inside.get(key).decrementAndGet();
        });

        assertThat(left).isEmpty();
        assertThat(violations).isEmpty();
        assertThat(runs)
                .hasSize(2_000)
                .allSatisfy((key, count) -> assertThat(count).as(key).hasValue(2));
    }

    private CompletableFuture<Set<String>> inBackground(int workers, Duration limit, Consumer<String> work) {
        CompletableFuture<Set<String>> left = new CompletableFuture<>();
        new DaemonThreads("drain-test")
                .newThread(() -> {
                    try {
                        left.complete(queue.drain(workers, limit, work));
                    } catch (InterruptedException e) {
                        left.completeExceptionally(e);
                    }
                })
                .start();
        return left;
    }
}
