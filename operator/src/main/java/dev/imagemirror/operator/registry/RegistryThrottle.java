package dev.imagemirror.operator.registry;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.Resolution;
import dev.imagemirror.operator.port.RegistryBusyException;
import dev.imagemirror.operator.port.RegistryHealth;
import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.RateLimit;
import dev.imagemirror.registry.model.RegistryException;
import dev.imagemirror.registry.model.Repository;
import dev.imagemirror.thread.DaemonThreads;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Throttles one registry: limits concurrent requests and waiting passes, and tracks its cool-down and counters.
 * Thread-safe; blocking.
 */
final class RegistryThrottle implements AutoCloseable {
    private static final Duration IDLE = Duration.ofSeconds(10);

    /** A registry that freed a slot this recently counts as moving. */
    private static final Duration LIVELY = Duration.ofSeconds(1);

    /** A question to the registry. */
    @FunctionalInterface
    interface Question<T> {
        T ask(Repository repository) throws RegistryException;
    }

    private final String registry;
    private final CoolDown coolDown;
    private final int waitingPasses;
    private final int concurrency;
    private final Semaphore passes;
    private final Semaphore requestsAtATime;
    private final ThreadPoolExecutor pool;
    private final LongAdder requests = new LongAdder();
    private final LongAdder errors = new LongAdder();
    private volatile int rateLimitRemaining = -1;
    private final LongSupplier nanoTime;
    private volatile long lastLeft;

    /** @param nanoTime a monotonic clock */
    RegistryThrottle(String registry, RegistryLimits limits, CoolDown coolDown, LongSupplier nanoTime) {
        this.registry = registry;
        this.coolDown = coolDown;
        this.nanoTime = nanoTime;
        lastLeft = nanoTime.getAsLong() - LIVELY.toNanos();
        waitingPasses = limits.waitingPasses();
        concurrency = limits.concurrency();
        passes = new Semaphore(waitingPasses);
        requestsAtATime = new Semaphore(limits.concurrency(), true);
        pool = new ThreadPoolExecutor(
                limits.concurrency(),
                limits.concurrency(),
                IDLE.toMillis(),
                TimeUnit.MILLISECONDS,
                new LinkedBlockingQueue<>(), // live as long as the waiting passes' questions
                new DaemonThreads("registry " + registry),
                (task, closed) -> task.run());
        pool.allowCoreThreadTimeOut(true);
    }

    /**
     * Admits a pass to wait for the registry until {@link #leave}. At capacity, waits briefly for a slot if slots keep
     * freeing up, but not at a registry that stalls everyone.
     *
     * @throws RegistryBusyException if no slot is free
     */
    void enter() {
        boolean entered = passes.tryAcquire();
        try {
            if (!entered && nanoTime.getAsLong() - lastLeft < LIVELY.toNanos()) {
                entered = passes.tryAcquire(LIVELY.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!entered) {
            throw new RegistryBusyException(registry);
        }
    }

    String registry() {
        return registry;
    }

    void leave() {
        lastLeft = nanoTime.getAsLong();
        passes.release();
    }

    /** Threads for concurrent questions. */
    Executor pool() {
        return pool;
    }

    /** The answer to give without a request; null if the registry may be queried. */
    @Nullable
    Resolution instead() {
        return coolDown.instead();
    }

    /** Runs the question once below the concurrency limit, unless the registry is cooling down. */
    <T> Answer<T> ask(ImageReference about, Question<T> question) {
        try {
            requestsAtATime.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Answer.failed(new Resolution.Unavailable("interrupted before querying " + about, false, null));
        }
        try {
            Resolution instead = coolDown.instead();
            return instead != null ? Answer.failed(instead) : askNow(about, question);
        } finally {
            requestsAtATime.release();
        }
    }

    RegistryHealth health() {
        return new RegistryHealth(
                registry, waiting(), requests.sum(), errors.sum(), coolDown.until(), rateLimitRemaining);
    }

    /** True if no pass waits and no state worth keeping would be lost. */
    boolean isIdle() {
        return waiting() == 0 && coolDown.until() == null;
    }

    @Override
    public void close() {
        pool.shutdown(); // queued tasks still run: a pass may be waiting for them
    }

    private int waiting() {
        return waitingPasses - passes.availablePermits();
    }

    private <T> Answer<T> askNow(ImageReference about, Question<T> question) {
        Repository repository = new Repository(about.registry(), about.repository());
        try {
            T value = question.ask(repository);
            coolDown.answered();
            return Answer.of(value);
        } catch (RegistryException e) {
            note(e);
            return Answer.failed(resolution(e));
        } catch (RuntimeException e) {
            errors.increment();
            return Answer.failed(new Resolution.Unavailable("cannot query " + about + ": " + e, false, null));
        } finally {
            requests.add(repository.requests());
            repository.rateLimit().ifPresent(this::note);
        }
    }

    private void note(RateLimit limit) {
        rateLimitRemaining = limit.remaining();
        int others = concurrency - requestsAtATime.availablePermits() - 1;
        coolDown.limited(registry, limit, others);
    }

    private void note(RegistryException error) {
        if (error.isUnanswered() || error.isThrottled() || error.retryAfter().isPresent()) {
            coolDown.failed(error);
        } else {
            coolDown.answered();
        }
        if (error.kind() != ErrorKind.NOT_FOUND) {
            errors.increment();
        }
    }

    private static Resolution resolution(RegistryException error) {
        String message = String.valueOf(error.getMessage());
        return switch (error.kind()) {
            case NOT_FOUND -> new Resolution.Missing();
            case NOT_ALLOWED -> new Resolution.NotAllowed(message);
            case ACCESS_DENIED -> new Resolution.Denied(message);
            default ->
                new Resolution.Unavailable(
                        message, error.isThrottled(), error.retryAfter().orElse(null), error.isBrokenList());
        };
    }
}
