package dev.imagemirror.registry;

import java.io.IOException;
import java.time.Duration;

/** A registry operation that failed; the message names the reference and what to do next, never a secret. */
public final class RegistryException extends IOException {
    private static final long serialVersionUID = 1L;

    private final ErrorKind kind;
    private final Duration retryAfter;
    private final boolean tokenFailure;

    /** An error of {@code kind} with a message for people. */
    public RegistryException(ErrorKind kind, String message) {
        this(kind, message, null, null, false);
    }

    /** An error of {@code kind} with a message for people and its cause. */
    public RegistryException(ErrorKind kind, String message, Throwable cause) {
        this(kind, message, cause, null, false);
    }

    private RegistryException(
            ErrorKind kind, String message, Throwable cause, Duration retryAfter, boolean tokenFailure) {
        super(message, cause);
        this.kind = kind;
        this.retryAfter = retryAfter;
        this.tokenFailure = tokenFailure;
    }

    /** A temporary error whose sender said when to come back. */
    static RegistryException retryAfter(String message, Duration delay) {
        return new RegistryException(ErrorKind.TEMPORARY, message, null, delay, false);
    }

    /** This error under another kind, for callers who know better what it means. */
    public RegistryException as(ErrorKind other) {
        return new RegistryException(other, getMessage(), this, retryAfter, tokenFailure);
    }

    /** This error as that of a request for a token, which is not to be made once more by whoever needs the token. */
    RegistryException asTokenFailure() {
        return tokenFailure ? this : new RegistryException(kind, getMessage(), this, retryAfter, true);
    }

    /** True if a token endpoint gave no token, so that the registry itself was not asked. */
    boolean isTokenFailure() {
        return tokenFailure;
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
