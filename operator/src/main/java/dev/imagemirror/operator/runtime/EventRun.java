package dev.imagemirror.operator.runtime;

import dev.imagemirror.operator.config.ConfigLoader;
import dev.imagemirror.operator.config.OperatorConfig;
import dev.imagemirror.operator.doctor.TableForm;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.engine.LogLimit;
import dev.imagemirror.operator.events.AwsEvent;
import dev.imagemirror.operator.events.EventParser;
import dev.imagemirror.operator.events.UnreadableEventException;
import dev.imagemirror.operator.program.Context;
import dev.imagemirror.operator.wiring.Wiring;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operator in a process that is invoked by events and a timer, and idle in between: reconciles the affected
 * entries, under the same claims as any other operator. Planned waits (backoff, quarantine, grace) end at the timer's
 * pace. Not thread-safe.
 */
public final class EventRun implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventRun.class);

    /** How long a listing is reused; other processes write too. */
    private static final Duration LISTING = Duration.ofMinutes(1);

    /** Entries selected by a pass are reconciled too, such as one whose destination another entry has just given up. */
    private static final int ROUNDS = 3;

    private final Wiring wiring;
    private final Context context;
    private final LongSupplier nanoTime;
    private final LogLimit unreadable;
    private @Nullable Sweep sweep;
    private @Nullable Instant listedAt;

    private EventRun(Wiring wiring, Context context, LongSupplier nanoTime) {
        this.wiring = wiring;
        this.context = context;
        this.nanoTime = nanoTime;
        unreadable = new LogLimit(nanoTime);
    }

    /** Configured by these environment variables. */
    public static EventRun of(Map<String, String> environment, Clock clock, RandomGenerator random) {
        Context context = new Context(environment, System.out, System.err, clock, random, false);
        OperatorConfig config = ConfigLoader.load(null, environment).config();
        Wiring wiring = Wiring.open(config, context, false).require(TableForm.both(config));
        return new EventRun(wiring, context, System::nanoTime);
    }

    /**
     * Handles messages.
     *
     * @param bodies by message id
     * @param time time limit; a slow registry must not cause the redelivery of the other messages
     * @return ids of the messages to redeliver: unreadable ones, so that they end up in the dead-letter queue, and
     * those whose passes failed or timed out
     */
    public Set<String> handle(Map<String, String> bodies, Duration time) throws InterruptedException {
        long end = nanoTime.getAsLong() + time.toNanos();
        Map<String, AwsEvent> events = read(bodies);
        Set<String> again = new TreeSet<>(bodies.keySet());
        again.removeAll(events.keySet());
        Map<String, Set<EntryKey>> concerned = concerned(events);
        Set<EntryKey> keys = new TreeSet<>();
        concerned.values().forEach(keys::addAll);
        Map<EntryKey, String> failures = work(Objects.requireNonNull(sweep, "which was told"), keys, end);
        concerned.forEach((id, ofMessage) -> {
            if (ofMessage.stream().anyMatch(failures::containsKey)) {
                again.add(id);
            }
        });
        return again;
    }

    /** The readable messages. */
    private Map<String, AwsEvent> read(Map<String, String> bodies) {
        Map<String, AwsEvent> events = new LinkedHashMap<>();
        Map<String, String> garbage = new LinkedHashMap<>();
        bodies.forEach((id, body) -> {
            try {
                events.put(id, EventParser.parse(body));
            } catch (UnreadableEventException e) {
                garbage.put(id, e.getMessage());
            }
        });
        garbage.entrySet().stream()
                .findFirst()
                .ifPresent(first -> unreadable.happened(
                        garbage.size(),
                        more -> LOG.warn(
                                "cannot parse {} of {} messages; leaving them for the dead-letter queue; first: {}:"
                                        + " {}{}",
                                garbage.size(),
                                bodies.size(),
                                first.getKey(),
                                first.getValue(),
                                more)));
        return events;
    }

    /** The entries of each event. If there are none, the event's row may be newer than the listing. */
    private Map<String, Set<EntryKey>> concerned(Map<String, AwsEvent> events) {
        Instant known = listedAt;
        Map<String, Set<EntryKey>> concerned = told(events);
        boolean isNobodys = events.entrySet().stream()
                .anyMatch(event -> !(event.getValue() instanceof AwsEvent.Irrelevant)
                        && concerned.getOrDefault(event.getKey(), Set.of()).isEmpty());
        if (isNobodys && Objects.equals(listedAt, known)) {
            listedAt = null;
            return told(events);
        }
        return concerned;
    }

    private Map<String, Set<EntryKey>> told(Map<String, AwsEvent> events) {
        Sweep current = listed();
        current.taken(); // selected by the listing: left to the sweep
        Map<String, Set<EntryKey>> concerned = new LinkedHashMap<>();
        events.forEach((id, event) -> {
            event.tell(current.listener());
            concerned.put(id, current.taken());
        });
        return concerned;
    }

    /**
     * Reconciles all entries; returns how many passes failed or timed out.
     *
     * @param time time limit
     * @throws IllegalStateException if all of them failed, so that alarms on invocation errors fire
     */
    public int sweep(Duration time) throws InterruptedException {
        long end = nanoTime.getAsLong() + time.toNanos();
        listedAt = null;
        Sweep current = listed();
        Set<EntryKey> keys = current.all();
        Map<EntryKey, String> failures = work(current, keys, end);
        LOG.info("swept {} entries, {} failed", keys.size(), failures.size());
        if (!keys.isEmpty() && failures.keySet().containsAll(keys)) {
            throw new IllegalStateException("all " + keys.size() + " reconciles failed; see the log");
        }
        return failures.size();
    }

    private Sweep listed() {
        Instant now = context.clock().instant();
        Sweep current = sweep;
        if (current == null || listedAt == null || !now.isBefore(listedAt.plus(LISTING))) {
            current = new Sweep(wiring.ports(), wiring.config(), context);
            current.list();
            sweep = current;
            listedAt = now;
        }
        return current;
    }

    private Map<EntryKey, String> work(Sweep current, Set<EntryKey> keys, long end) throws InterruptedException {
        Map<EntryKey, String> failures = new HashMap<>();
        Set<EntryKey> next = keys;
        for (int round = 0; round < ROUNDS && !next.isEmpty(); round++) {
            current.endAfter(Duration.ofNanos(Math.max(0, end - nanoTime.getAsLong())));
            failures.putAll(current.passes(next));
            next = current.taken();
        }
        return failures;
    }

    @Override
    public void close() {
        wiring.close();
    }
}
