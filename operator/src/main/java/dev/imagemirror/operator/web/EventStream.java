package dev.imagemirror.operator.web;

import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.thread.DaemonThreads;
import io.javalin.http.sse.SseClient;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Tells browsers (server-sent events) that something has changed, so that they ask again: a number that grows, however
 * much has changed since the last time. There are only so many clients, and one that does not read holds up no other.
 * Thread-safe.
 */
final class EventStream implements AutoCloseable {
    /** Each takes a thread while it is connected. */
    static final int MAX_CLIENTS = 20;

    private static final long TICK_MILLIS = 400;
    private static final long BEAT_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long BUSY_TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(900);
    private static final int SENDERS = 4;

    private final ScheduledExecutorService ticker =
            Executors.newSingleThreadScheduledExecutor(new DaemonThreads("web-events"));
    private final ExecutorService senders = Executors.newFixedThreadPool(SENDERS, new DaemonThreads("web-events"));
    private final Map<SseClient, Client> clients = new ConcurrentHashMap<>();
    private final AtomicLong generation = new AtomicLong();
    private final BooleanSupplier isBusy;
    private final LongSupplier nanoTime;
    private long lastBusyTick;

    private static final class Client {
        private final AtomicBoolean sending = new AtomicBoolean();
        private volatile long told = -1;
        private volatile long toldAt;

        private Client(long now) {
            toldAt = now;
        }
    }

    /**
     * Nobody is connected yet.
     *
     * @param isBusy whether there is something, such as a running job, that changes without an event
     * @param nanoTime a monotonic clock
     */
    EventStream(BooleanSupplier isBusy, LongSupplier nanoTime) {
        this.isBusy = isBusy;
        this.nanoTime = nanoTime;
        lastBusyTick = nanoTime.getAsLong();
        ScheduledFuture<?> unused = ticker.scheduleWithFixedDelay( // ends with the ticker
                this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** An entry has changed. */
    void changed(EntryKey key) {
        generation.incrementAndGet();
    }

    /** True if no more clients are taken. */
    boolean isFull() {
        return clients.size() >= MAX_CLIENTS;
    }

    int clients() {
        return clients.size();
    }

    void connect(SseClient client) {
        client.keepAlive();
        client.onClose(() -> clients.remove(client));
        clients.put(client, new Client(nanoTime.getAsLong()));
        if (ticker.isShutdown()) {
            client.close();
        }
    }

    private void tick() {
        long now = nanoTime.getAsLong();
        if (!clients.isEmpty() && now - lastBusyTick > BUSY_TICK_NANOS && isBusy.getAsBoolean()) {
            lastBusyTick = now;
            generation.incrementAndGet();
        }
        clients.forEach((sse, client) -> {
            boolean isDue = client.told != generation.get() || now - client.toldAt > BEAT_NANOS;
            if (isDue && client.sending.compareAndSet(false, true)) {
                send(sse, client);
            }
        });
    }

    private void send(SseClient sse, Client client) {
        try {
            senders.execute(() -> {
                try {
                    long number = generation.get();
                    sse.sendEvent("changed", String.valueOf(number));
                    client.told = number;
                    client.toldAt = nanoTime.getAsLong();
                    if (sse.terminated()) {
                        clients.remove(sse);
                    }
                } finally {
                    client.sending.set(false);
                }
            });
        } catch (RejectedExecutionException e) {
            client.sending.set(false); // closed
        }
    }

    /** Lets all clients go. */
    @Override
    public void close() {
        ticker.shutdownNow();
        senders.shutdownNow();
        clients.keySet().forEach(SseClient::close);
        clients.clear();
    }
}
