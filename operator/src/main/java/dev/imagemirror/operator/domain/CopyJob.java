package dev.imagemirror.operator.domain;

import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A copy job as its queue shows it.
 *
 * @param id the queue's id
 * @param name {@link Claim#jobName} of its claim
 * @param state how far it is
 * @param detail the queue's own word and reason, for people
 * @param createdAt since when it could run, by the queue's clock: when it was submitted or, where jobs wait for their
 *     turn, when its turn came (now, as long as it has not come)
 * @param startedAt when it began to run
 * @param stoppedAt when it ended
 * @param log where people can read what it wrote
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
    /** How far a job is. */
    public enum State {
        /** Waiting for its turn or for a host. */
        PENDING,
        /** Copying. */
        RUNNING,
        /** Succeeded, as far as the queue knows. */
        SUCCEEDED,
        /** Failed. */
        FAILED;

        /** True in a final state. */
        public boolean isEnded() {
            return this == SUCCEEDED || this == FAILED;
        }
    }
}
