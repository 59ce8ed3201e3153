package dev.imagemirror.operator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WorkQueueTest {
    private final StepTicker ticker = new StepTicker();
    private final WorkQueue<String> queue = new WorkQueue<>(ticker);

    @Test
    void handsOutKeysInTheOrderOfTheirAddition() {
        queue.add("b");
        queue.add("a");
        queue.add("c");

        assertThat(drain()).containsExactly("b", "a", "c");
    }

    @Test
    void aKeyAddedManyTimesWaitsOnce() {
        queue.add("a");
        queue.add("a");
        queue.add("a");

        assertThat(queue.depth()).isEqualTo(1);
        assertThat(drain()).containsExactly("a");
    }

    @Test
    void additionsWhileAKeyIsWorkedMakeOneMoreRunAfterIt() {
        queue.add("a");
        assertThat(queue.poll()).contains("a");
        queue.add("a");
        queue.add("a");

        assertThat(queue.poll()).as("while it is worked").isEmpty();
        queue.done("a");

        assertThat(drain()).containsExactly("a");
    }

    @Test
    void aKeyIsNotHandedOutAgainWhenNothingWasAdded() {
        queue.add("a");
        queue.poll();
        queue.done("a");

        assertThat(queue.poll()).isEmpty();
    }

    @Test
    void doneForAKeyThatIsNotWorkedChangesNothing() {
        queue.add("a");
        queue.done("a");
        queue.done("b");

        assertThat(drain()).containsExactly("a");
    }

    @Test
    void aDelayedKeyComesWhenItsTimeHasComeAndNotBefore() {
        queue.addAfter("a", Duration.ofMinutes(5));

        ticker.step(Duration.ofMinutes(5).minusNanos(1));
        assertThat(queue.poll()).isEmpty();
        ticker.step(Duration.ofNanos(1));
        assertThat(drain()).containsExactly("a");
    }

    @Test
    void delayedKeysComeInTheOrderOfTheirTimes() {
        queue.addAfter("late", Duration.ofMinutes(3));
        queue.addAfter("early", Duration.ofMinutes(1));
        queue.addAfter("middle", Duration.ofMinutes(2));
        ticker.step(Duration.ofMinutes(3));

        assertThat(drain()).containsExactly("early", "middle", "late");
    }

    @Test
    void theEarliestDelayWinsInEitherOrderAndRunsOnce() {
        queue.addAfter("a", Duration.ofMinutes(1));
        queue.addAfter("a", Duration.ofMinutes(5));
        queue.addAfter("b", Duration.ofMinutes(5));
        queue.addAfter("b", Duration.ofMinutes(1));

        ticker.step(Duration.ofMinutes(1));
        assertThat(drain()).containsExactly("a", "b");
        ticker.step(Duration.ofMinutes(10));
        assertThat(drain()).isEmpty();
    }

    @Test
    void noOrANegativeDelayMeansNow() {
        queue.addAfter("a", Duration.ZERO);
        queue.addAfter("b", Duration.ofSeconds(-1));

        assertThat(drain()).containsExactly("a", "b");
    }

    @Test
    void addingNowRunsNowAndDropsThePlannedRun() {
        queue.addAfter("a", Duration.ofMinutes(5));
        queue.add("a");

        assertThat(drain()).containsExactly("a");
        ticker.step(Duration.ofMinutes(10));
        assertThat(drain()).isEmpty();
    }

    @Test
    void addingNowWhileWorkedAlsoDropsThePlannedRun() {
        queue.add("a");
        queue.poll();
        queue.addAfter("a", Duration.ofMinutes(5));
        queue.add("a");
        queue.done("a");

        assertThat(drain()).containsExactly("a");
        ticker.step(Duration.ofMinutes(10));
        assertThat(drain()).isEmpty();
    }

    @Test
    void aDelayForAKeyThatWaitsIsFulfilledByTheRunItWaitsFor() {
        queue.add("a");
        queue.addAfter("a", Duration.ofMinutes(5));

        assertThat(drain()).containsExactly("a");
        ticker.step(Duration.ofMinutes(10));
        assertThat(drain()).isEmpty();
    }

    @Test
    void aDelayForAKeyThatIsToRunOnceMoreIsFulfilledByThatRun() {
        queue.add("a");
        queue.poll();
        queue.add("a");
        queue.addAfter("a", Duration.ofMinutes(5));
        queue.done("a");

        assertThat(drain()).containsExactly("a");
        ticker.step(Duration.ofMinutes(10));
        assertThat(drain()).isEmpty();
    }

    @Test
    void aDelayThatEndsWhileTheKeyIsWorkedMakesOneMoreRunAfterIt() {
        queue.add("a");
        queue.poll();
        queue.addAfter("a", Duration.ofMinutes(1));
        ticker.step(Duration.ofMinutes(2));

        assertThat(queue.poll()).isEmpty();
        queue.done("a");
        assertThat(drain()).containsExactly("a");
    }

    @Test
    void acceptsAnExcessiveDelay() {
        queue.addAfter("a", Duration.ofSeconds(Long.MAX_VALUE));

        ticker.step(Duration.ofDays(364));
        assertThat(queue.poll()).isEmpty();
        assertThat(queue.plannedCount()).isEqualTo(1);
    }

    @Test
    void depthCountsWhatIsDueAndNotWhatIsPlannedOrWorked() {
        queue.add("worked");
        queue.poll();
        queue.add("waiting");
        queue.addAfter("due", Duration.ofSeconds(1));
        queue.addAfter("planned", Duration.ofHours(1));
        ticker.step(Duration.ofSeconds(1));

        assertThat(queue.depth()).isEqualTo(2);
        assertThat(queue.plannedCount()).isEqualTo(1);
    }

    @Test
    void aKeyThatIsWorkedKnowsHowLongItHadWaited() {
        queue.add("a");
        ticker.step(Duration.ofSeconds(3));
        queue.poll();
        ticker.step(Duration.ofSeconds(5));
        assertThat(queue.waited("a")).hasSeconds(3);
        queue.done("a");
        assertThat(queue.waited("a")).isZero();
    }

    @Test
    void oldestWaitingIsTheAgeOfTheFirstInLine() {
        assertThat(queue.oldestWaiting()).isZero();
        queue.add("a");
        ticker.step(Duration.ofSeconds(3));
        queue.add("b");
        queue.add("a");
        ticker.step(Duration.ofSeconds(4));

        assertThat(queue.oldestWaiting()).hasSeconds(7);
        queue.poll();
        assertThat(queue.oldestWaiting()).hasSeconds(4);
    }

    @Test
    void shutDownQueueHandsOutAndAcceptsNothing() throws InterruptedException {
        queue.add("a");
        queue.poll();
        queue.add("a");
        queue.add("b");
        queue.addAfter("c", Duration.ofSeconds(1));
        queue.shutDown();
        queue.add("d");
        queue.addAfter("e", Duration.ofSeconds(1));
        ticker.step(Duration.ofMinutes(1));
        queue.done("a");

        assertThat(queue.take()).isEmpty();
        assertThat(queue.poll()).isEmpty();
    }

    @Test
    void takeWaitsForAKey() {
        CompletableFuture<String> taken = takeInBackground();
        await().during(Duration.ofMillis(50)).until(() -> !taken.isDone());
        queue.add("a");

        assertThat(taken).succeedsWithin(10, TimeUnit.SECONDS).isEqualTo("a");
    }

    @Test
    void takeWaitsForTheEarliestDelayEvenIfItIsAddedLater() {
        CompletableFuture<String> taken = takeInBackground();
        ticker.onStep(queue::wake);
        queue.addAfter("late", Duration.ofHours(2));
        queue.addAfter("early", Duration.ofHours(1));
        await().during(Duration.ofMillis(50)).until(() -> !taken.isDone());
        ticker.step(Duration.ofHours(1));

        assertThat(taken).succeedsWithin(10, TimeUnit.SECONDS).isEqualTo("early");
    }

    @Test
    void takeNoticesByItselfThatADelayHasEnded() {
        WorkQueue<String> real = new WorkQueue<>(System::nanoTime);
        real.addAfter("a", Duration.ofMillis(20));

        assertThat(inBackground(real)).succeedsWithin(10, TimeUnit.SECONDS).isEqualTo("a");
    }

    @Test
    void everyWaitingThreadIsReleasedByShuttingDown() {
        List<CompletableFuture<String>> taken = List.of(takeInBackground(), takeInBackground(), takeInBackground());
        queue.shutDown();

        assertThat(taken)
                .allSatisfy(key ->
                        assertThat(key).succeedsWithin(10, TimeUnit.SECONDS).isNull());
    }

    @Test
    void keysThatFallDueTogetherWakeAsManyThreads() {
        List<CompletableFuture<String>> taken = List.of(takeInBackground(), takeInBackground());
        ticker.onStep(queue::depth);
        queue.addAfter("a", Duration.ofMinutes(1));
        queue.addAfter("b", Duration.ofMinutes(1));
        ticker.step(Duration.ofMinutes(1));

        assertThat(taken).allSatisfy(key -> assertThat(key).succeedsWithin(10, TimeUnit.SECONDS));
    }

    @Test
    void takeCanBeInterrupted() throws InterruptedException {
        FutureTask<Boolean> task = new FutureTask<>(() -> {
            try {
                return queue.take().isEmpty();
            } catch (InterruptedException e) {
                return true;
            }
        });
        Thread thread = new Thread(task);
        thread.start();
        thread.interrupt();

        assertThat(task).succeedsWithin(10, TimeUnit.SECONDS).isEqualTo(true);
        thread.join();
    }

    private CompletableFuture<String> takeInBackground() {
        return inBackground(queue);
    }

    private static CompletableFuture<String> inBackground(WorkQueue<String> queue) {
        CompletableFuture<String> taken = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                taken.complete(queue.take().orElse(null));
            } catch (InterruptedException e) {
                taken.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return taken;
    }

    private List<String> drain() {
        List<String> keys = new ArrayList<>();
        for (Optional<String> key = queue.poll(); key.isPresent(); key = queue.poll()) {
            keys.add(key.get());
            queue.done(key.get());
        }
        return keys;
    }
}
