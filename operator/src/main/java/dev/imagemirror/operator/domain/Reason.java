package dev.imagemirror.operator.domain;

import org.jspecify.annotations.Nullable;

/** Why a pair waits or is blocked. */
public enum Reason {
    /** The entry is suspended. */
    SUSPENDED(
            "Suspended",
            Phase.WAITING,
            "The entry is suspended.",
            "Nothing is copied until Suspend is removed from the row.",
            false),
    /** The digest is younger than the entry's minimum age. */
    QUARANTINED(
            "Quarantined",
            Phase.WAITING,
            "The new source image is in quarantine.",
            "It is copied once the tag has pointed to it for MinAge.",
            false),
    /** Backing off after a failure. */
    BACKOFF("Backoff", Phase.WAITING, "An attempt failed.", "It is retried automatically.", false),
    /** In-flight job limits are reached, or a registry is rate limiting. */
    ADMISSION(
            "Admission",
            Phase.WAITING,
            "The limit of jobs in flight is reached.",
            "It starts when its turn comes; see jobs.inFlight and jobs.perRegistry.",
            false),
    /** The row is invalid. */
    INVALID_ENTRY(
            "InvalidEntry",
            Phase.BLOCKED,
            "The row is invalid.",
            "Correct the attributes named in the problems.",
            false),
    /** The source does not exist. */
    SOURCE_NOT_FOUND(
            "SourceNotFound",
            Phase.BLOCKED,
            "The source image does not exist.",
            "Check the source's name and tag, or push the image; it is rechecked automatically.",
            false),
    /** The source lacks content that its index or a manifest references. */
    INCOMPLETE_SOURCE(
            "IncompleteSource",
            Phase.BLOCKED,
            "The source image is incomplete.",
            "Push the image to the source again, with everything it references.",
            true),
    /** A registry denies access. */
    ACCESS_DENIED(
            "AccessDenied",
            Phase.BLOCKED,
            "A registry denied access.",
            "Grant the operator pull access and the copy jobs push access.",
            true),
    /** The destination repository does not exist and will not be created. */
    REPOSITORY_NOT_FOUND(
            "RepositoryNotFound",
            Phase.BLOCKED,
            "The destination repository does not exist.",
            "Create it, or add its registry to ecr.createRepositories.",
            true),
    /** The destination tag has another digest and is immutable. */
    IMMUTABLE_TAG(
            "ImmutableTag",
            Phase.BLOCKED,
            "The tag is immutable at the destination.",
            "Make the repository's tags mutable, delete the tag there, or use another tag.",
            true),
    /** The source is not on the allowlist. */
    SOURCE_NOT_ALLOWED(
            "SourceNotAllowed",
            Phase.BLOCKED,
            "The configuration does not allow this source.",
            "Use an allowed source, or change the setting named in the message.",
            true),
    /** The destination is not on the allowlist. */
    DESTINATION_NOT_ALLOWED(
            "DestinationNotAllowed",
            Phase.BLOCKED,
            "The configuration does not allow this destination.",
            "Use an allowed destination, or extend what the namespace, or the setting named in the message,"
                    + " allows.",
            false),
    /** Another entry owns the destination. */
    DESTINATION_CONFLICT(
            "DestinationConflict",
            Phase.BLOCKED,
            "Another entry owns this destination.",
            "Remove the destination from one of the two entries; the message names the other. If it says that a newer"
                    + " operator wrote the owner, upgrade this one.",
            false),
    /** The destination is, or leads back to, the source. */
    CYCLE("Cycle", Phase.BLOCKED, "The entries form a cycle.", "Remove one of the entries in the cycle.", false),
    /** Copy jobs do not start or do not finish. */
    JOB_STUCK(
            "JobStuck",
            Phase.BLOCKED,
            "The copy job is stuck.",
            "Check the job queue's compute environment, its limits and subnets.",
            true),
    /** Copies succeed, but the destination ends up at another digest. */
    DIVERGING(
            "Diverging",
            Phase.BLOCKED,
            "Copies succeed, but the destination ends up with another image.",
            "Find out what else writes to the destination, and stop one of the two.",
            true);

    private final String word;
    private final Phase phase;
    private final String sentence;
    private final String action;
    private final boolean waitsForSync;

    Reason(String word, Phase phase, String sentence, String action, boolean waitsForSync) {
        this.word = word;
        this.phase = phase;
        this.sentence = sentence;
        this.action = action;
        this.waitsForSync = waitsForSync;
    }

    /** The word shown in tables, logs and UIs. */
    public String word() {
        return word;
    }

    /** The phase this reason belongs to. */
    public Phase phase() {
        return phase;
    }

    /** True if the pair waits on purpose, rather than after a failure. */
    public boolean isPlannedWait() {
        return phase == Phase.WAITING && this != BACKOFF;
    }

    /** What holds the pair up. */
    public String sentence() {
        return sentence;
    }

    /** What to do about it, or what happens automatically. */
    public String action() {
        return action;
    }

    /** True if the fix cannot be detected, so the user has to run {@code sync}. */
    public boolean waitsForSync() {
        return waitsForSync;
    }

    /** The reason with this word, if any. */
    public static @Nullable Reason of(String word) {
        for (Reason reason : values()) {
            if (reason.word.equals(word)) {
                return reason;
            }
        }
        return null;
    }
}
