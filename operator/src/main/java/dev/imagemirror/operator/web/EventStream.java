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
 * Notifies browsers (server-sent events) of changes, so that they fetch again: sends an increasing number, coalescing
 * changes. The number of clients is limited, and a slow one does not block the others. Thread-safe.
 */
final class EventStream implements AutoCloseable {
    /** Each connection takes a thread. */
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
     * Creates a stream without clients.
     *
     * @param isBusy whether something, such as a running job, changes without an event
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

    /** True at the limit of clients. */
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

    /** Disconnects all clients. */
    @Override
    public void close() {
        ticker.shutdownNow();
        senders.shutdownNow();
        clients.keySet().forEach(SseClient::close);
        clients.clear();
    }
}
