package dev.imagemirror.registry;

import java.io.IOException;
import java.time.Duration;

/** A registry operation that failed; the message names the reference and what to do next, never a secret. */
public final class RegistryException extends IOException {
    private static final long serialVersionUID = 1L;

    private static final int NO_STATUS = 0;

    private final ErrorKind kind;
    private final int status;
    private final boolean unanswered;
    private final Duration retryAfter;

    /** An error of {@code kind} with a message for people. */
    public RegistryException(ErrorKind kind, String message) {
        this(kind, message, null);
    }

    /** An error of {@code kind} with a message for people and its cause. */
    public RegistryException(ErrorKind kind, String message, Throwable cause) {
        this(kind, message, cause, NO_STATUS, false, null);
    }

    private RegistryException(
            ErrorKind kind, String message, Throwable cause, int status, boolean unanswered, Duration retryAfter) {
        super(message, cause);
        this.kind = kind;
        this.status = status;
        this.unanswered = unanswered;
        this.retryAfter = retryAfter;
    }

    /** An error of {@code kind} that the other side answered with {@code status}. */
    static RegistryException answered(ErrorKind kind, int status, String message) {
        return new RegistryException(kind, message, null, status, false, null);
    }

    /** A temporary error whose sender answered {@code status} and may have said when to come back. */
    static RegistryException retryAfter(int status, String message, Duration delay) {
        return new RegistryException(ErrorKind.TEMPORARY, message, null, status, false, delay);
    }

    /** A temporary error without an answer. */
    static RegistryException unanswered(String message, IOException cause) {
        return new RegistryException(ErrorKind.TEMPORARY, message, cause, NO_STATUS, true, null);
    }

    /** This error under another kind, for callers who know better what it means. */
    public RegistryException as(ErrorKind other) {
        return new RegistryException(other, getMessage(), this, status, unanswered, retryAfter);
    }

    /** What the failure means. */
    public ErrorKind kind() {
        return kind;
    }

    /** The HTTP status that the other side answered, such as 429; 0 if it is not an answer that failed. */
    public int status() {
        return status;
    }

    /** True if there was no whole answer: host name, connection, TLS, time-out. */
    public boolean isUnanswered() {
        return unanswered;
    }

    /** How long the other side asked to wait; zero if it wants to be left alone without saying how long, or null. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
