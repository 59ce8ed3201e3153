package dev.imagemirror.operator.cache;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Questions under way, and the answers of the last seconds: equal questions of a sweep are asked once. Thread-safe,
 * bounded.
 *
 * <p>By hand, since a sweep never comes back to what it has passed, and Caffeine (3.3) keeps what was asked for often: once
 * the weight is reached it drops the newest answers, and a sweep of large repositories reads each list several times. Its
 * first use also costs 120 ms of CPU time at every start, Lambda's included.
 *
 * @param <K> a question
 * @param <V> an answer
 */
public final class SingleFlightCache<K, V> {
    private final Map<K, Slot<V>> slots = new LinkedHashMap<>();
    private final Clock clock;
    private final Duration window;
    private final long most;
    private final Predicate<V> lasts;
    private final ToIntFunction<V> weight;
    private long held;

    /** A pending or completed load. */
    public static final class Slot<V> {
        private final Instant askedAt;
        private final CompletableFuture<V> answer = new CompletableFuture<>();
        private int weight = 1;

        private Slot(Instant askedAt) {
            this.askedAt = askedAt;
        }

        /** The value; never completes exceptionally. */
        public CompletableFuture<V> answer() {
            return answer;
        }
    }

    /**
     * A party to a question.
     *
     * @param slot where the answer will be
     * @param isMine true if the caller has to ask, and then to call {@link #answered}
     * @param before what was answered of late and is not enough
     */
    public record Share<V>(
            Slot<V> slot, boolean isMine, @Nullable V before) {}

    /**
     * @param window how long an answer is remembered; zero for not at all
     * @param most the weight of all answers that are remembered; the last one is, whatever it weighs
     * @param lasts whether an answer is remembered; others may be over at once
     * @param weight of an answer
     */
    public SingleFlightCache(Clock clock, Duration window, long most, Predicate<V> lasts, ToIntFunction<V> weight) {
        this.clock = clock;
        this.window = window;
        this.most = most;
        this.lasts = lasts;
        this.weight = weight;
    }

    /** The cached answer to the same question within this sweep, if it is sufficient. */
    public synchronized @Nullable V remembered(K question, Predicate<V> isEnough) {
        Slot<V> slot = slots.get(question);
        V answer = slot != null && isFresh(slot) ? slot.answer.getNow(null) : null;
        return answer != null && isEnough.test(answer) ? answer : null;
    }

    /** Joins a load in flight for the same question, or starts a new one. */
    public synchronized Share<V> join(K question, Predicate<V> isEnough) {
        Slot<V> slot = slots.get(question);
        if (slot == null || (slot.answer.isDone() && !isFresh(slot))) {
            return begin(question);
        }
        V answer = slot.answer.getNow(null);
        return answer == null || isEnough.test(answer)
                ? new Share<>(slot, false, null)
                : begin(question, slot.askedAt, answer);
    }

    /** Starts a new load, which later callers within this sweep join. */
    public synchronized Share<V> begin(K question) {
        return begin(question, clock.instant(), null);
    }

    /** Completes the load for all waiting callers. */
    public void answered(K question, Slot<V> slot, V answer) {
        keep(question, slot, answer);
        slot.answer.complete(answer);
    }

    /**
     * Loads the value, or waits for a load in flight.
     *
     * @param anew ask whatever is remembered
     * @param isEnough whether an answer will do; those that do not last have to
     * @param asker gets what was answered of late and is not enough, or null
     * @param unanswered the answer if {@code asker} throws or the caller is interrupted
     */
    public V ask(K question, boolean anew, Predicate<V> isEnough, UnaryOperator<V> asker, V unanswered) {
        while (true) {
            Share<V> share = anew ? begin(question) : join(question, isEnough);
            if (share.isMine()) {
                V answer = unanswered;
                try {
                    answer = asker.apply(share.before());
                } finally {
                    answered(question, share.slot(), answer); // always, since others may be waiting for it
                }
                return answer;
            }
            V answer = await(share.slot(), unanswered);
            if (isEnough.test(answer)) {
                return answer;
            }
        }
    }

    /** Waits for the answer; returns {@code interrupted} if the thread is interrupted. */
    public static <V> V await(Slot<V> slot, V interrupted) {
        try {
            return slot.answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return interrupted;
        } catch (ExecutionException e) {
            throw new IllegalStateException("loaders do not complete exceptionally", e);
        }
    }

    private Share<V> begin(K question, Instant askedAt, @Nullable V before) {
        Slot<V> slot = new Slot<>(askedAt);
        forget(slots.remove(question)); // keeps the order by age
        slots.put(question, slot);
        held += slot.weight;
        forgetOld();
        return new Share<>(slot, true, before);
    }

    private synchronized void keep(K question, Slot<V> slot, V answer) {
        if (slots.get(question) != slot) {
            return; // reloaded or evicted meanwhile
        }
        if (!lasts.test(answer) || window.isZero()) {
            forget(slots.remove(question));
            return;
        }
        held -= slot.weight;
        slot.weight = weight.applyAsInt(answer);
        held += slot.weight;
        forgetOld();
    }

    private void forget(@Nullable Slot<V> removed) {
        held -= removed == null ? 0 : removed.weight;
    }

    private void forgetOld() {
        Iterator<Slot<V>> oldest = slots.values().iterator();
        while (slots.size() > 1 && oldest.hasNext()) {
            Slot<V> slot = oldest.next();
            boolean isOld = slot.answer.isDone() && !isFresh(slot);
            if (!isOld && held <= most) {
                return;
            }
            oldest.remove();
            forget(slot);
        }
    }

    private boolean isFresh(Slot<V> slot) {
        return clock.instant().isBefore(slot.askedAt.plus(window));
    }
}
