package dev.imagemirror.registry;

import java.io.IOException;
import java.time.Duration;

/** A registry operation that failed; the message names the reference and what to do next, never a secret. */
public final class RegistryException extends IOException {
    private static final long serialVersionUID = 1L;

    private final ErrorKind kind;
    private final Duration retryAfter;

    /** An error of {@code kind} with a message for people. */
    public RegistryException(ErrorKind kind, String message) {
        this(kind, message, null, null);
    }

    /** An error of {@code kind} with a message for people and its cause. */
    public RegistryException(ErrorKind kind, String message, Throwable cause) {
        this(kind, message, cause, null);
    }

    private RegistryException(ErrorKind kind, String message, Throwable cause, Duration retryAfter) {
        super(message, cause);
        this.kind = kind;
        this.retryAfter = retryAfter;
    }

    /** A temporary error whose sender said when to come back. */
    static RegistryException retryAfter(String message, Duration delay) {
        return new RegistryException(ErrorKind.TEMPORARY, message, null, delay);
    }

    /** This error under another kind, for callers who know better what it means. */
    public RegistryException as(ErrorKind other) {
        return new RegistryException(other, getMessage(), this, retryAfter);
    }

    /** What the failure means. */
    public ErrorKind kind() {
        return kind;
    }

    /** How long the other side asked to wait; zero if it wants to be left alone without saying how long, or null. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
