package dev.imagemirror.operator.domain;

import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A copy job as reported by its queue.
 *
 * @param id the queue's id
 * @param name {@link Claim#jobName} of its claim
 * @param state its current state
 * @param detail the queue's own status and reason, for display
 * @param createdAt when the job became runnable, by the queue's clock: its submission or, where jobs queue first, when
 *     it left the queue (now while it still waits)
 * @param startedAt when it started running
 * @param stoppedAt when it ended
 * @param log link to its log
 */
public record CopyJob(
        String id,
        String name,
        State state,
        String detail,
        @Nullable Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant stoppedAt,
        @Nullable URI log) {
    /** A job without a log link. */
    public CopyJob(
            String id,
            String name,
            State state,
            String detail,
            @Nullable Instant createdAt,
            @Nullable Instant startedAt,
            @Nullable Instant stoppedAt) {
        this(id, name, state, detail, createdAt, startedAt, stoppedAt, null);
    }
    /** Job states. */
    public enum State {
        /** Queued, or waiting for a host. */
        PENDING,
        /** Copying. */
        RUNNING,
        /** Succeeded, according to the queue. */
        SUCCEEDED,
        /** Failed. */
        FAILED;

        /** True in a final state. */
        public boolean isEnded() {
            return this == SUCCEEDED || this == FAILED;
        }
    }
}
