package dev.imagemirror.operator.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.port.ChangeFeed;
import dev.imagemirror.operator.testing.TestingEvents;
import dev.imagemirror.operator.testing.TestingLog;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.SqsException;

@Timeout(30)
class SqsChangeFeedTest {
    private static final String IMAGE = "123456789012.dkr.ecr.us-west-2.amazonaws.com/team/app:latest";

    private final TestingSqsClient queue = new TestingSqsClient();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final List<Duration> pauses = new CopyOnWriteArrayList<>();
    private final Semaphore steps = new Semaphore(0);
    private final AtomicBoolean busy = new AtomicBoolean();
    private final AtomicBoolean faulty = new AtomicBoolean();

    @AutoClose
    private final SqsChangeFeed feed = new SqsChangeFeed(queue, "http://queue", busy::get, this::pause, new Random(1));

    @AutoClose
    private final TestingLog log = TestingLog.of(QueueMessages.class);

    /** Says what it hears. */
    private final ChangeFeed.Listener listener = new ChangeFeed.Listener() {
        @Override
        public void changed(EntryKey key) {
            if (faulty.get()) {
                throw new IllegalStateException("a fault");
            }
            heard.add("row " + key);
        }

        @Override
        public void lost() {
            heard.add("lost");
        }

        @Override
        public void imageChanged(ImageReference image, boolean removed) {
            heard.add((removed ? "removed " : "pushed ") + image);
        }

        @Override
        public void jobChanged(String jobId, Collection<ImageReference> destinations) {
            heard.add("job " + jobId + " to " + destinations.size());
        }
    };

    @AfterEach
    void stop() {
        steps.release(1000);
    }

    @Test
    void reportsAndDeletesEachEvent() {
        queue.send("1", TestingEvents.body("ecr-push"));
        queue.send("2", TestingEvents.body("batch-succeeded"));
        queue.send("3", TestingEvents.body("row-modified"));
        queue.send("4", TestingEvents.body("ecr-scan"));
        feed.start(listener);
        awaitEmpty();
        assertThat(heard)
                .containsExactly(
                        "pushed " + IMAGE, "job 4c7599ae-0a82-49aa-ba5a-4727fcce14a8 to 2", "row golang:1.17#c/n/p");
        assertThat(queue.receives().get(0)).satisfies(request -> {
            assertThat(request.waitTimeSeconds()).isEqualTo(20);
            assertThat(request.maxNumberOfMessages()).isEqualTo(10);
        });
    }

    @Test
    void aMessageStaysInTheQueueUntilTheListenerHasIt() {
        faulty.set(true);
        AtomicInteger receives = countedReceives();
        queue.send("1", TestingEvents.body("row-modified"));
        feed.start(listener);
        await().until(() -> receives.get() >= 3);
        assertThat(queue.left()).containsExactly("1");
        faulty.set(false);
        awaitEmpty();
        assertThat(heard).containsExactly("row golang:1.17#c/n/p");
    }

    @Test
    void garbageGoesToTheDeadLetterQueueWithoutHoldingUpOthers() {
        AtomicInteger receives = countedReceives();
        queue.send("1", "garbage");
        queue.send("2", TestingEvents.body("row-expired"));
        feed.start(listener);
        await().until(() -> receives.get() >= 3);
        assertThat(heard).containsExactly("row golang:1.18");
        assertThat(queue.left()).containsExactly("1");
    }

    @Test
    void garbageIsALineAMinute() {
        List<Message> garbage = IntStream.range(0, 10)
                .mapToObj(i ->
                        Message.builder().messageId("m" + i).body("garbage").build())
                .toList();
        AtomicLong nanos = new AtomicLong();
        QueueMessages messages = new QueueMessages(null, "url", nanos::get);
        for (int second = 0; second < 61; second++) {
            nanos.set(TimeUnit.SECONDS.toNanos(second));
            messages.pass(garbage, listener);
        }

        assertThat(log.messages()).hasSize(2);
        assertThat(log.messages().get(0)).contains("cannot parse 10 of 10 messages", "first: m0: ");
        assertThat(log.messages().get(1)).endsWith("; 590 more since the last such line");
    }

    @Test
    void undeletedMessageIsReportedAgain() {
        AtomicInteger calls = new AtomicInteger();
        queue.failWith(() -> calls.incrementAndGet() == 2
                ? SqsException.builder().message("no deletion").build()
                : null);
        queue.send("1", TestingEvents.body("row-expired"));
        steps.release(1);
        feed.start(listener);
        awaitEmpty();
        assertThat(heard).containsExactly("row golang:1.18", "row golang:1.18");
    }

    @Test
    void waitsLongerAfterEachFailureAndCarriesOn() {
        queue.failWith(() ->
                SqsException.builder().message("Rate exceeded").statusCode(400).build());
        steps.release(8);
        feed.start(listener);
        await().until(() -> pauses.size() == 9);
        assertThat(pauses.get(0)).isLessThanOrEqualTo(Duration.ofSeconds(1));
        assertThat(pauses.get(8)).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(60));
        queue.failWith(() -> null);
        queue.send("1", TestingEvents.body("row-expired"));
        steps.release(1);
        awaitEmpty();
        assertThat(heard).containsExactly("row golang:1.18");
    }

    @Test
    void reportsMissedChangesOnceAMissingQueueReturns() {
        queue.failWith(
                () -> QueueDoesNotExistException.builder().message("no queue").build());
        feed.start(listener);
        await().until(() -> pauses.size() == 1);
        assertThat(heard).isEmpty();
        queue.failWith(() -> null);
        steps.release(1);
        await().until(() -> !heard.isEmpty());
        await().until(() -> queue.receives().size() > 3);
        assertThat(heard).containsExactly("lost");
    }

    @Test
    void takesNothingWhileTheListenerIsBusy() {
        busy.set(true);
        queue.send("1", TestingEvents.body("row-expired"));
        steps.release(3);
        feed.start(listener);
        await().until(() -> pauses.size() == 4);
        assertThat(queue.receives()).isEmpty();
        busy.set(false);
        steps.release(1);
        awaitEmpty();
    }

    @Test
    void stopsDuringAPollAndTakesNothingOfIt() {
        CountDownLatch polling = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(1);
        queue.onReceive(() -> {
            polling.countDown();
            awaitUninterruptibly(answer);
            answered.countDown();
        });
        queue.send("1", TestingEvents.body("row-expired"));
        feed.start(listener);
        awaitUninterruptibly(polling);
        feed.close();
        answer.countDown();
        awaitUninterruptibly(answered);
        await().during(Duration.ofMillis(300)).until(() -> heard.isEmpty());
        assertThat(queue.left()).containsExactly("1");
        assertThat(queue.receives()).hasSize(1);
    }

    @Test
    void stopsWhileItWaits() {
        queue.failWith(() -> SqsException.builder().message("no").build());
        feed.start(listener);
        await().until(() -> pauses.size() == 1);
        feed.close();
        int receives = queue.receives().size();
        steps.release(100);
        await().during(Duration.ofMillis(300)).until(() -> queue.receives().size() == receives);
    }

    private AtomicInteger countedReceives() {
        AtomicInteger receives = new AtomicInteger();
        queue.onReceive(receives::incrementAndGet);
        return receives;
    }

    private void awaitEmpty() {
        await().until(() -> queue.left().isEmpty());
    }

    private void pause(Duration length) throws InterruptedException {
        pauses.add(length);
        steps.acquire();
    }

    /** As a poll is that cannot be interrupted. */
    private static void awaitUninterruptibly(CountDownLatch latch) {
        boolean interrupted = false;
        while (true) {
            try {
                latch.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
