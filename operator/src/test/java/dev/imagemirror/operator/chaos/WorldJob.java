package dev.imagemirror.operator.chaos;

import dev.imagemirror.operator.domain.CopyJob;
import dev.imagemirror.operator.domain.CopyJobSpec;
import java.time.Instant;

/** A job of {@link WorldQueue} and its fate. */
final class WorldJob {
    final String id;
    final String name;
    final CopyJobSpec spec;
    final Fate fate;
    /** The process that sent it, or null. */
    final String sender;

    final Instant sentAt;
    final Instant landsAt;
    /** Who submitted it; null once that work has ended. */
    SteppedWork submitter;

    boolean landed;
    boolean terminated;
    boolean vanished;
    /** When its termination takes effect, or null. */
    Instant endsAt;

    Instant startedAt;
    Instant stoppedAt;
    CopyJob.State state = CopyJob.State.PENDING;

    /**
     * What becomes of it.
     *
     * @param shownAfter seconds for which the queue's answers lack it
     * @param startsAfter seconds
     * @param runsFor seconds
     * @param end how it ends
     */
    record Fate(int shownAfter, int startsAfter, int runsFor, End end) {}

    /** How it ends. */
    enum End {
        COPIES,
        COPIES_AND_LOSES_ITS_REPORT,
        FAILS,
        IS_FORGOTTEN
    }

    WorldJob(String id, WorldQueue.Sent sent, Fate fate, Instant sentAt, Instant landsAt) {
        this.id = id;
        this.name = sent.name();
        this.spec = sent.spec();
        this.sender = sent.sender();
        this.fate = fate;
        this.sentAt = sentAt;
        this.landsAt = landsAt;
    }

    /** True while it could still write. */
    boolean isAlive() {
        return landed && !vanished && !state.isEnded();
    }

    boolean isShown(Instant now) {
        return landed && !vanished && !now.isBefore(landsAt.plusSeconds(fate.shownAfter()));
    }

    CopyJob seen() {
        return new CopyJob(id, name, state, state.toString(), landsAt, startedAt, stoppedAt);
    }

    @Override
    public String toString() {
        return id + " (" + name + " on " + spec.queue() + ", " + state + (terminated ? ", terminated" : "")
                + ", landed " + landsAt + ")";
    }
}
