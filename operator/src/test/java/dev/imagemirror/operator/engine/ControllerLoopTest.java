package dev.imagemirror.operator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import dev.imagemirror.operator.engine.LoopListener.Outcome;
import dev.imagemirror.operator.testing.PassEnds;
import dev.imagemirror.operator.testing.TestingLog;
import dev.imagemirror.thread.Backoff;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class ControllerLoopTest {
    private static final Duration STEP = Duration.ofMinutes(1);

    private final StepTicker ticker = new StepTicker();
    private final WorkQueue<String> queue = new WorkQueue<>(ticker);
    private final Queue<String> passes = new ConcurrentLinkedQueue<>();
    private final Queue<String> heard = new ConcurrentLinkedQueue<>();

    @AutoClose
    private final TestingLog log =
            TestingLog.of("dev.imagemirror.operator.engine").quietly();

    private ControllerLoop<String> loop;

    @BeforeEach
    void wakeTheQueueOnEachStep() {
        ticker.onStep(queue::wake);
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (loop != null) {
            loop.stop(Duration.ofSeconds(4));
        }
    }

    @Test
    void aPassThatIsDoneIsNotRepeated() {
        start(1, key -> ReconcileResult.DONE);
        queue.add("a");

        await().untilAsserted(() -> assertThat(heard).containsExactly("a DONE"));
        ticker.step(Duration.ofDays(1));
        await().during(Duration.ofMillis(50)).until(() -> passes.size() == 1);
    }

    @Test
    void aPlannedRepetitionComesAtItsTime() {
        start(1, key -> ReconcileResult.requeueAfter(STEP));
        queue.add("a");
        await().until(() -> queue.plannedCount() == 1);

        ticker.step(STEP.minusNanos(1));
        await().during(Duration.ofMillis(50)).until(() -> passes.size() == 1);
        ticker.step(Duration.ofNanos(1));
        await().untilAsserted(() -> assertThat(heard).containsExactly("a REQUEUED", "a REQUEUED"));
    }

    @Test
    void failuresAreRepeatedAfterADoublingBackoffAndSuccessForgetsThem() {
        AtomicInteger calls = new AtomicInteger();
        start(1, key -> {
            if (calls.incrementAndGet() == 3) {
                return ReconcileResult.requeueAfter(STEP);
            }
            throw new IllegalStateException("bad");
        });
        queue.add("a");

        for (Duration delay : List.of(STEP, STEP.multipliedBy(2), STEP, STEP)) {
            await().until(() -> queue.plannedCount() == 1);
            int before = passes.size();
            ticker.step(delay.minusNanos(1));
            assertThat(queue.plannedCount()).as("before %s", delay).isEqualTo(1);
            ticker.step(Duration.ofNanos(1));
            await().until(() -> passes.size() == before + 1);
        }
        await().untilAsserted(() ->
                assertThat(heard).containsExactly("a FAILED", "a FAILED", "a REQUEUED", "a FAILED", "a FAILED"));
    }

    @Test
    void aFailureIsLoggedOnceWithTheKeyInTheContext() {
        start(1, key -> {
            throw new IllegalStateException("bad");
        });
        queue.add("a");

        await().until(() -> heard.size() == 1);
        assertThat(log.events()).singleElement().satisfies(event -> {
            assertThat(event.getMDCPropertyMap()).isEqualTo(Map.of("source", "a"));
            assertThat(event.getFormattedMessage()).contains("bad", "retrying in 1m");
            assertThat(event.getThrowableProxy().getMessage()).isEqualTo("bad");
        });
    }

    @Test
    void logsExpectedFailuresWithoutAStackTrace() {
        start(1, key -> {
            throw new ExpectedFailure("table Mirrors: throttled", null);
        });
        queue.add("a");

        await().until(() -> heard.size() == 1);
        assertThat(log.events()).singleElement().satisfies(event -> {
            assertThat(event.getLevel()).isEqualTo(Level.WARN);
            assertThat(event.getFormattedMessage()).endsWith("retrying in 1m: table Mirrors: throttled");
            assertThat(event.getThrowableProxy()).isNull();
        });
    }

    @Test
    void reportsAnOutageOfAllKeysOnceAtItsStartAndEnd() {
        AtomicBoolean isOut = new AtomicBoolean(true);
        start(1, key -> {
            if (isOut.get()) {
                throw new ExpectedFailure("table mirrors", "table mirrors: no answer", null);
            }
            return ReconcileResult.DONE;
        });
        for (int key = 0; key < 16; key++) {
            queue.add("key " + key);
        }
        await().until(() -> heard.size() == 16);
        assertThat(log.events()).hasSize(1);
        assertThat(log.messages().get(0)).isEqualTo("table mirrors is unavailable; retrying: table mirrors: no answer");

        isOut.set(false);
        ticker.step(STEP);

        await().until(() -> heard.size() == 32);
        assertThat(log.events()).hasSize(2);
        assertThat(log.messages().get(1)).isEqualTo("table mirrors is available again after 1m; 16 attempts failed");
    }

    @Test
    void logLinesOfAPassCarryItsKeyOnly() {
        start(1, key -> {
            heard.add(key + " context " + MDC.get("source"));
            return ReconcileResult.DONE;
        });
        queue.add("a");
        queue.add("b");

        await().untilAsserted(() -> assertThat(heard).contains("a context a", "b context b"));
    }

    @Test
    void aBadKeyStopsNeitherTheWorkerNorOtherKeys() {
        start(1, key -> {
            switch (key) {
                case "exception" -> throw new Exception("checked");
                case "error" -> throw new StackOverflowError();
                case "null" -> {
                    return null;
                }
                case "interrupted" -> throw new InterruptedException();
                case "leaves flag" -> Thread.currentThread().interrupt();
                default -> {}
            }
            return ReconcileResult.DONE;
        });
        List.of("exception", "error", "null", "interrupted", "leaves flag", "good")
                .forEach(queue::add);

        await().untilAsserted(() -> assertThat(heard)
                .containsExactly(
                        "exception FAILED",
                        "error FAILED",
                        "null FAILED",
                        "interrupted FAILED",
                        "leaves flag DONE",
                        "good DONE"));
        assertThat(loop.aliveWorkers()).isEqualTo(1);
        assertThat(queue.plannedCount()).isEqualTo(4);
    }

    @Test
    void aListenerThatThrowsStopsNothing() {
        loop = new ControllerLoop<>(
                queue, this::pass, 1, backoff(), deferrals(), PassEnds.heardBy((key, outcome, took) -> {
                    throw new IllegalStateException("metrics");
                }));
        loop.start();
        queue.add("a");
        await().until(() -> passes.size() == 1);
        queue.add("a");

        await().until(() -> passes.size() == 2);
    }

    @Test
    void theListenerHearsHowLongAPassTook() {
        Queue<Duration> durations = new ConcurrentLinkedQueue<>();
        loop = new ControllerLoop<>(
                queue,
                key -> {
                    ticker.step(Duration.ofSeconds(3));
                    return ReconcileResult.DONE;
                },
                1,
                backoff(),
                deferrals(),
                PassEnds.heardBy((key, outcome, took) -> durations.add(took)));
        loop.start();
        queue.add("a");

        await().untilAsserted(() -> assertThat(durations).containsExactly(Duration.ofSeconds(3)));
    }

    @Test
    void aKeyAddedDuringItsBackoffRunsAtOnceAndOnlyOnce() {
        start(1, key -> {
            if (passes.size() == 1) {
                throw new IllegalStateException("bad");
            }
            return ReconcileResult.DONE;
        });
        queue.add("a");
        await().until(() -> queue.plannedCount() == 1);
        queue.add("a");

        await().untilAsserted(() -> assertThat(heard).containsExactly("a FAILED", "a DONE"));
        ticker.step(Duration.ofHours(2));
        await().during(Duration.ofMillis(50)).until(() -> passes.size() == 2);
    }

    @Test
    void oneKeyIsNeverInTwoThreads() {
        Map<String, AtomicInteger> inside = new ConcurrentHashMap<>();
        Queue<String> violations = new ConcurrentLinkedQueue<>();
        Map<String, AtomicInteger> worked = new ConcurrentHashMap<>();
        start(8, key -> {
            AtomicInteger count = inside.computeIfAbsent(key, k -> new AtomicInteger());
            if (count.incrementAndGet() > 1) {
                violations.add(key);
            }
            Thread.onSpinWait();
            worked.computeIfAbsent(key, k -> new AtomicInteger()).incrementAndGet();
            count.decrementAndGet();
            return ReconcileResult.DONE;
        });
        for (int i = 0; i < 20_000; i++) {
            queue.add("key " + i % 3);
        }

        await().until(() -> queue.depth() == 0 && passes.size() == heard.size());
        assertThat(violations).isEmpty();
        assertThat(worked).hasSize(3);
    }

    @Test
    void aSlowKeyDoesNotDelayOthers() {
        CountDownLatch release = new CountDownLatch(1);
        start(2, key -> {
            if (key.equals("slow")) {
                release.await();
            }
            return ReconcileResult.DONE;
        });
        queue.add("slow");
        queue.add("a");
        queue.add("b");

        await().untilAsserted(() -> assertThat(heard).containsExactly("a DONE", "b DONE"));
        release.countDown();
        await().until(() -> heard.contains("slow DONE"));
    }

    @Test
    void stoppingLetsARunningPassEndAndStartsNoOther() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        start(1, key -> {
            release.await();
            return ReconcileResult.DONE;
        });
        queue.add("running");
        queue.add("waiting");
        await().until(() -> passes.size() == 1);
        Thread releaser = new Thread(() -> {
            await().until(() -> queue.poll().isEmpty() && loop.aliveWorkers() == 1);
            release.countDown();
        });
        releaser.start();

        assertThat(loop.stop(Duration.ofSeconds(30))).isTrue();
        releaser.join();
        assertThat(passes).containsExactly("running");
        await().until(() -> loop.aliveWorkers() == 0);
    }

    @Test
    void stoppingInterruptsAPassThatHangsAndCountsItAsNoFailure() throws InterruptedException {
        start(1, key -> {
            new CountDownLatch(1).await();
            return ReconcileResult.DONE;
        });
        queue.add("hanging");
        await().until(() -> passes.size() == 1);

        assertThat(loop.stop(Duration.ofMillis(400))).isTrue();
        assertThat(log.messages()).allMatch(line -> line.contains("abandoned"));
    }

    @Test
    void stoppingGivesUpOnAPassThatIgnoresInterrupts() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        start(1, key -> {
            while (release.getCount() > 0) {
                Thread.onSpinWait();
            }
            return ReconcileResult.DONE;
        });
        queue.add("deaf");
        await().until(() -> passes.size() == 1);

        assertThat(loop.stop(Duration.ofMillis(100))).isFalse();
        release.countDown();
        await().until(() -> loop.aliveWorkers() == 0);
    }

    @Test
    void aLoopThatNeverStartedStopsAtOnce() throws InterruptedException {
        loop = new ControllerLoop<>(queue, this::pass, 3, backoff(), deferrals(), LoopListener.none());

        assertThat(loop.stop(Duration.ofMinutes(5))).isTrue();
    }

    @Test
    void aLoopWithoutWorkersIsRefused() {
        assertThatThrownBy(
                        () -> new ControllerLoop<>(queue, this::pass, 0, backoff(), deferrals(), LoopListener.none()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private ReconcileResult pass(String key) {
        passes.add(key);
        return ReconcileResult.DONE;
    }

    private void start(int workers, Reconciler<String> reconciler) {
        Reconciler<String> recorded = key -> {
            passes.add(key);
            return reconciler.reconcile(key);
        };
        loop = new ControllerLoop<>(queue, recorded, workers, backoff(), deferrals(), PassEnds.heardBy(this::hear));
        loop.start();
    }

    private void hear(String key, Outcome outcome, Duration took) {
        heard.add(key + " " + outcome);
    }

    private static Backoff backoff() {
        return new Backoff(() -> 0);
    }

    private static Deferrals<String> deferrals() {
        return new Deferrals<>(() -> 0);
    }
}
