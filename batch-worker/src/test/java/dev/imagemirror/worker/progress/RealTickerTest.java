package dev.imagemirror.worker.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class RealTickerTest {
    private final AtomicReference<Thread> thread = new AtomicReference<>();

    @Test
    void ticksAgainAndAgainUntilItIsClosed() throws Exception {
        CountDownLatch ticks = new CountDownLatch(3);
        try (RealTicker ticker = new RealTicker(Duration.ofMillis(1))) {
            ticker.start(() -> {
                thread.set(Thread.currentThread());
                ticks.countDown();
            });
            assertThat(ticks.await(1, TimeUnit.MINUTES)).isTrue();
        }

        thread.get().join(TimeUnit.MINUTES.toMillis(1));
        assertThat(thread.get().isAlive()).isFalse();
    }

    @Test
    void doesNotKeepTheProgramAlive() throws Exception {
        CountDownLatch ticks = new CountDownLatch(1);
        try (RealTicker ticker = new RealTicker(Duration.ofMillis(1))) {
            ticker.start(() -> {
                thread.set(Thread.currentThread());
                ticks.countDown();
            });
            assertThat(ticks.await(1, TimeUnit.MINUTES)).isTrue();

            assertThat(thread.get().isDaemon()).isTrue();
        }
    }

    @Test
    void needsNoStartToBeClosed() {
        RealTicker ticker = new RealTicker(Duration.ofMillis(1));
        ticker.close();

        assertThat(ticker.nanoTime()).isLessThanOrEqualTo(System.nanoTime());
    }
}
