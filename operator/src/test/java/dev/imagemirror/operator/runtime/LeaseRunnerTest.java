package dev.imagemirror.operator.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.imagemirror.operator.port.Lease;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LeaseRunnerTest {
    private final TestingLease lease = new TestingLease();
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final Thread thread = new Thread(this::run);
    private final ShutdownSignal stop = new ShutdownSignal(thread, Duration.ofSeconds(20));

    /** A lease that a test gives and takes. */
    private static final class TestingLease implements Lease {
        private volatile boolean free;
        private volatile boolean held;

        @Override
        public boolean tryAcquire() {
            held = free;
            return held;
        }

        @Override
        public boolean isHeld() {
            return held;
        }

        @Override
        public void close() {}
    }

    @AfterEach
    void stop() throws InterruptedException {
        stop.ask();
        thread.join();
    }

    @Test
    void standsByUntilTheLeaseIsFreeAndWorksUntilStopped() throws InterruptedException {
        thread.start();
        await().until(() -> events.contains("standing by"));
        lease.free = true;
        await().until(() -> events.contains("running"));
        stop();
        assertThat(events).containsExactly("standing by", "started", "running", "closed");
    }

    @Test
    void standsByAgainWhenTheLeaseIsLostAndWorksAnewWhenItIsBack() {
        lease.free = true;
        thread.start();
        await().until(() -> events.contains("running"));
        lease.free = false;
        lease.held = false;
        await().until(() -> events.contains("standing by"));
        assertThat(events).containsExactly("started", "running", "lost the lease", "closed", "standing by");
        events.clear();
        lease.free = true;
        await().until(() -> events.contains("running"));
        assertThat(events).containsExactly("started", "running");
    }

    @Test
    void failureToStartWorkEndsTheProcess() {
        lease.free = true;
        assertThatThrownBy(() -> turns(new IllegalStateException("no table")).run())
                .hasMessage("no table");
        assertThat(events).containsExactly("closed");
    }

    private LeaseRunner turns(RuntimeException fault) {
        return new LeaseRunner(
                lease,
                () -> new LeaseRunner.Work() {
                    @Override
                    public void start() {
                        if (fault != null) {
                            throw fault;
                        }
                        events.add("started");
                    }

                    @Override
                    public void close() {
                        events.add("closed");
                    }
                },
                stop,
                new LeaseRunner.Listener() {
                    @Override
                    public void works() {
                        events.add("running");
                    }

                    @Override
                    public void standsBy() {
                        events.add("standing by");
                    }

                    @Override
                    public void lost() {
                        events.add("lost the lease");
                    }
                });
    }

    private void run() {
        try {
            turns(null).run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
