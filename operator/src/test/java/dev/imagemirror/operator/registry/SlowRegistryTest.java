package dev.imagemirror.operator.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.Resolution;
import dev.imagemirror.operator.port.DigestResolver.Freshness;
import dev.imagemirror.operator.port.RegistryBusyException;
import dev.imagemirror.operator.port.RegistryHealth;
import dev.imagemirror.testing.Latches;
import dev.imagemirror.testing.TestingRegistry;
import dev.imagemirror.testing.fault.Fault;
import dev.imagemirror.testing.fault.Faults;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One registry does not answer until a latch opens. */
@Timeout(60)
class SlowRegistryTest {
    private static final Resolution MISSING = new Resolution.Missing();

    @AutoClose
    private final TestingRegistry slow = TestingRegistry.start();

    @AutoClose
    private final TestingRegistry quick = TestingRegistry.start();

    private final CountDownLatch latch = new CountDownLatch(1);
    private final ExecutorService passes = Executors.newCachedThreadPool();

    @AutoClose
    private final Resolvers resolvers = new Resolvers(new RegistryLimits(2, 3, Duration.ofSeconds(10), 100));

    @BeforeEach
    void slowDown() {
        slow.fault(Fault.on("*", ".*").always().then(Faults.run(() -> Latches.await(latch))));
    }

    @AfterEach
    void stop() {
        latch.countDown();
        passes.shutdownNow();
    }

    @Test
    void doesNotDelayQuestionsToAnother() throws Exception {
        List<Future<Resolution>> waiting = IntStream.range(0, 3)
                .mapToObj(i -> passes.submit(() -> resolvers.now(slow.reference("app", "t" + i))))
                .toList();
        awaitRequests(2);

        for (int i = 0; i < 10; i++) {
            assertThat(resolvers.now(quick.reference("app", "t" + i))).isEqualTo(MISSING);
        }

        assertThat(waiting).noneMatch(Future::isDone);
        latch.countDown();
        for (Future<Resolution> answer : waiting) {
            assertThat(answer.get()).isEqualTo(MISSING);
        }
    }

    @Test
    void asksTheOtherMeanwhileInTheSameCall() throws Exception {
        List<ImageReference> references = IntStream.range(0, 8)
                .mapToObj(i -> ImageReference.parse((i % 2 == 0 ? slow : quick).reference("app", "t" + i)))
                .toList();

        var answers = passes.submit(() -> resolvers.resolver.resolve(references, Freshness.FRESH));

        await().untilAsserted(() -> assertThat(quick.requests()).hasSize(4));
        assertThat(answers.isDone()).isFalse();
        latch.countDown();
        assertThat(answers.get())
                .hasSize(8)
                .allSatisfy((r, answer) -> assertThat(answer).isEqualTo(MISSING));
    }

    @Test
    void turnsPassesAwayOnceTooManyWait() throws Exception {
        List<Future<Resolution>> waiting = IntStream.range(0, 3)
                .mapToObj(i -> passes.submit(() -> resolvers.now(slow.reference("app", "t" + i))))
                .toList();
        ImageReference one = ImageReference.parse(slow.reference("app", "one"));
        ImageReference other = ImageReference.parse(quick.reference("app", "other"));
        awaitWaiting(3);

        assertThatExceptionOfType(RegistryBusyException.class)
                .isThrownBy(() -> resolvers.resolver.resolve(List.of(other, one), Freshness.CACHED))
                .withMessageContaining(slow.authority());
        assertThatExceptionOfType(RegistryBusyException.class)
                .isThrownBy(() -> resolvers.resolver.tags(one, Freshness.CACHED));

        latch.countDown();
        for (Future<Resolution> answer : waiting) {
            answer.get();
        }
        assertThat(resolvers.sweep(one.toString())).isEqualTo(MISSING);
        for (int i = 0; i < 5; i++) { // what was turned away holds no place at the other registry
            assertThat(resolvers.now(other.toString())).isEqualTo(MISSING);
        }
    }

    @Test
    void isAskedByNoMoreRequestsAtATimeThanTheLimit() throws Exception {
        List<ImageReference> references = IntStream.range(0, 20)
                .mapToObj(i -> ImageReference.parse(slow.reference("app", "t" + i)))
                .toList();

        var answers = passes.submit(() -> resolvers.resolver.resolve(references, Freshness.FRESH));

        awaitRequests(2);
        await().during(Duration.ofMillis(200))
                .untilAsserted(() -> assertThat(slow.openConnections()).isEqualTo(2));
        latch.countDown();
        assertThat(answers.get()).hasSize(20);
        assertThat(slow.requests("HEAD", ".*")).hasSize(20);
    }

    @Test
    void isAskedOnceByPassesWithEqualQuestions() throws Exception {
        String reference = slow.reference("app", "same");
        List<Future<Resolution>> waiting = IntStream.range(0, 3)
                .mapToObj(i -> passes.submit(() -> resolvers.sweep(reference)))
                .toList();
        awaitWaiting(3);
        latch.countDown();

        for (Future<Resolution> answer : waiting) {
            assertThat(answer.get()).isEqualTo(MISSING);
        }
        assertThat(slow.requests("HEAD", "/v2/app/manifests/same")).hasSize(1);
    }

    @Test
    void answersAnInterruptedPass() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        Resolution[] answer = new Resolution[1];
        passes.execute(() -> resolvers.sweep(slow.reference("app", "same")));
        awaitRequests(1);
        Thread pass = new Thread(() -> {
            answer[0] = resolvers.sweep(slow.reference("app", "same"));
            ended.countDown();
        });

        pass.start();
        pass.interrupt();

        assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(answer[0]).isInstanceOf(Resolution.Unavailable.class);
    }

    private void awaitRequests(int count) {
        await().untilAsserted(() -> assertThat(slow.openConnections()).isGreaterThanOrEqualTo(count));
    }

    private void awaitWaiting(int count) {
        await().untilAsserted(() -> assertThat(resolvers.resolver.health())
                .filteredOn(health -> health.registry().equals(slow.authority()))
                .extracting(RegistryHealth::waitingPasses)
                .containsExactly(count));
    }
}
