package dev.imagemirror.operator.registry;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.Resolution;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Questions under way, and the answers of the last seconds: equal questions of a sweep are asked once. Only digests and
 * their absence are remembered; whatever else was answered may be over at once. Thread-safe, bounded.
 */
final class RecentAnswers {
    private final Map<ImageReference, Slot> slots = new LinkedHashMap<>();
    private final Clock clock;
    private final Duration window;
    private final int most;

    /** A question that was asked; its answer is there or will be. */
    static final class Slot {
        private final Instant askedAt;
        private final CompletableFuture<Resolution> answer = new CompletableFuture<>();

        private Slot(Instant askedAt) {
            this.askedAt = askedAt;
        }

        CompletableFuture<Resolution> answer() {
            return answer;
        }
    }

    /**
     * @param slot where the answer will be
     * @param isMine true if the caller has to ask, and then to call {@link #answered}
     */
    record Share(Slot slot, boolean isMine) {}

    RecentAnswers(Clock clock, Duration window, int most) {
        this.clock = clock;
        this.window = window;
        this.most = most;
    }

    /** The answer to an equal question of this sweep, or null. */
    synchronized Resolution remembered(ImageReference question) {
        Slot slot = slots.get(question);
        return slot != null && isFresh(slot) ? slot.answer.getNow(null) : null;
    }

    /** Joins an equal question of this sweep, if there is one, or begins a new one. */
    synchronized Share join(ImageReference question) {
        Slot slot = slots.get(question);
        return slot != null && (!slot.answer.isDone() || isFresh(slot)) ? new Share(slot, false) : begin(question);
    }

    /** Begins a new question, which those who ask within this sweep join. */
    synchronized Share begin(ImageReference question) {
        Slot slot = new Slot(clock.instant());
        slots.remove(question); // so that the order stays that of age
        slots.put(question, slot);
        forgetOld();
        return new Share(slot, true);
    }

    /** Hands the answer to everybody who waits for it. */
    void answered(ImageReference question, Slot slot, Resolution resolution) {
        boolean lasts = resolution instanceof Resolution.Found || resolution instanceof Resolution.Missing;
        if (!lasts || window.isZero()) {
            forget(question, slot);
        }
        slot.answer.complete(resolution);
    }

    private synchronized void forget(ImageReference question, Slot slot) {
        slots.remove(question, slot);
    }

    private void forgetOld() {
        Iterator<Slot> oldest = slots.values().iterator();
        while (oldest.hasNext()) {
            Slot slot = oldest.next();
            boolean isOld = slot.answer.isDone() && !isFresh(slot);
            if (!isOld && slots.size() <= most) {
                return;
            }
            oldest.remove();
        }
    }

    private boolean isFresh(Slot slot) {
        return clock.instant().isBefore(slot.askedAt.plus(window));
    }
}
