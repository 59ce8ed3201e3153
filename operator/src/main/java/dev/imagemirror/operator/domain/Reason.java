package dev.imagemirror.operator.domain;

import org.jspecify.annotations.Nullable;

/** Why a pair waits or is blocked. */
public enum Reason {
    /** The entry is suspended. */
    SUSPENDED("Suspended", Phase.WAITING),
    /** The digest is younger than the entry's minimum age. */
    QUARANTINED("Quarantined", Phase.WAITING),
    /** A failure is waited out. */
    BACKOFF("Backoff", Phase.WAITING),
    /** Limits on jobs in flight are reached, or a registry asked for less. */
    ADMISSION("Admission", Phase.WAITING),
    /** The row cannot be understood. */
    INVALID_ENTRY("InvalidEntry", Phase.BLOCKED),
    /** The source does not exist. */
    SOURCE_NOT_FOUND("SourceNotFound", Phase.BLOCKED),
    /** The source lacks something that its index or a manifest names. */
    INCOMPLETE_SOURCE("IncompleteSource", Phase.BLOCKED),
    /** A registry refuses access. */
    ACCESS_DENIED("AccessDenied", Phase.BLOCKED),
    /** The destination's repository does not exist and is not made. */
    REPOSITORY_NOT_FOUND("RepositoryNotFound", Phase.BLOCKED),
    /** The destination's tag has another digest and may not change. */
    IMMUTABLE_TAG("ImmutableTag", Phase.BLOCKED),
    /** Configuration does not allow the source. */
    SOURCE_NOT_ALLOWED("SourceNotAllowed", Phase.BLOCKED),
    /** Configuration does not allow the destination. */
    DESTINATION_NOT_ALLOWED("DestinationNotAllowed", Phase.BLOCKED),
    /** Another entry has the destination. */
    DESTINATION_CONFLICT("DestinationConflict", Phase.BLOCKED),
    /** The destination is, or leads back to, the source. */
    CYCLE("Cycle", Phase.BLOCKED),
    /** Copy jobs do not start or do not end. */
    JOB_STUCK("JobStuck", Phase.BLOCKED),
    /** Successful copies leave the destination at another digest. */
    DIVERGING("Diverging", Phase.BLOCKED);

    private final String word;
    private final Phase phase;

    Reason(String word, Phase phase) {
        this.word = word;
        this.phase = phase;
    }

    /** As in tables, logs and on screens. */
    public String word() {
        return word;
    }

    /** The phase that it is a reason for. */
    public Phase phase() {
        return phase;
    }

    /** The reason of that word, if there is one. */
    public static @Nullable Reason of(String word) {
        for (Reason reason : values()) {
            if (reason.word.equals(word)) {
                return reason;
            }
        }
        return null;
    }
}
