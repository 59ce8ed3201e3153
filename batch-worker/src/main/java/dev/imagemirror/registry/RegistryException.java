package dev.imagemirror.registry;

import java.io.IOException;
import java.time.Duration;

/** A registry operation that failed; the message names the reference and what to do next, never a secret. */
public final class RegistryException extends IOException {
    private static final long serialVersionUID = 1L;

    private final ErrorKind kind;
    private final transient Answer answer;

    /**
     * How the other side was heard.
     *
     * @param status HTTP status, or 0
     * @param isMissing true if there was no whole answer
     * @param retryAfter how long it asked to wait, or null
     * @param isOfTokenEndpoint true if a token endpoint gave no token, so that the registry itself was not asked
     * @param registry whose answer it is, or null
     */
    private record Answer(
            int status, boolean isMissing, Duration retryAfter, boolean isOfTokenEndpoint, String registry) {
        private static final Answer NONE = new Answer(0, false, null, false, null);
    }

    /** An error of {@code kind} with a message for people. */
    public RegistryException(ErrorKind kind, String message) {
        this(kind, message, null);
    }

    /** An error of {@code kind} with a message for people and its cause. */
    public RegistryException(ErrorKind kind, String message, Throwable cause) {
        this(kind, message, cause, Answer.NONE);
    }

    private RegistryException(ErrorKind kind, String message, Throwable cause, Answer answer) {
        super(message, cause);
        this.kind = kind;
        this.answer = answer;
    }

    /** An error of {@code kind} that the other side answered with {@code status}. */
    static RegistryException answered(ErrorKind kind, int status, String message) {
        return new RegistryException(kind, message, null, new Answer(status, false, null, false, null));
    }

    /** A temporary error whose sender answered {@code status} and may have said when to come back. */
    static RegistryException retryAfter(int status, String registry, String message, Duration delay) {
        Answer answer = new Answer(status, false, delay, false, registry);
        return new RegistryException(ErrorKind.TEMPORARY, message, null, answer);
    }

    /** A temporary error without an answer. */
    static RegistryException unanswered(String message, IOException cause) {
        return new RegistryException(ErrorKind.TEMPORARY, message, cause, new Answer(0, true, null, false, null));
    }

    /** This error under another kind, for callers who know better what it means. */
    public RegistryException as(ErrorKind other) {
        return as(other, getMessage());
    }

    /** The same in other words. */
    public RegistryException as(ErrorKind other, String message) {
        return new RegistryException(other, message, this, answer);
    }

    /** This error with a message that says where it happened. */
    RegistryException saying(String message) {
        return new RegistryException(kind, message, this, answer);
    }

    /** This error as that of a request for a token, which is not to be made once more by whoever needs the token. */
    RegistryException asTokenFailure() {
        return isTokenFailure()
                ? this
                : new RegistryException(
                        kind,
                        getMessage(),
                        this,
                        new Answer(answer.status(), answer.isMissing(), answer.retryAfter(), true, answer.registry()));
    }

    /** True if a token endpoint gave no token, so that the registry itself was not asked. */
    boolean isTokenFailure() {
        return answer.isOfTokenEndpoint();
    }

    /** What the failure means. */
    public ErrorKind kind() {
        return kind;
    }

    /** The HTTP status that the other side answered, such as 429; 0 if it is not an answer that failed. */
    public int status() {
        return answer.status();
    }

    /** The registry that asked for fewer requests (429, of its token endpoint too), or null. */
    public String throttledBy() {
        return answer.status() == 429 ? answer.registry() : null;
    }

    /** True if there was no whole answer: host name, connection, TLS, time-out. */
    public boolean isUnanswered() {
        return answer.isMissing();
    }

    /** How long the other side asked to wait; zero if it wants to be left alone without saying how long, or null. */
    public Duration retryAfter() {
        return answer.retryAfter();
    }
}
