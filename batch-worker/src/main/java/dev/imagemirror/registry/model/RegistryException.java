package dev.imagemirror.registry.model;

import dev.imagemirror.registry.model.AnswerFacts.Note;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A failed registry operation; the message names the reference and what to do next, never a secret. */
public final class RegistryException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Statuses for a tag or digest that a registry rejects, or for what it does not serve as a manifest. */
    private static final Set<Integer> REFUSED_NAMES = Set.of(400, 405, 406, 414);

    private final ErrorKind kind;
    private final transient AnswerFacts answer;

    /** An error of {@code kind} with a message for users. */
    public RegistryException(ErrorKind kind, String message) {
        this(kind, message, null);
    }

    /** An error of {@code kind} with a message for users and its cause, if any. */
    public RegistryException(ErrorKind kind, String message, @Nullable Throwable cause) {
        this(kind, message, cause, AnswerFacts.NONE);
    }

    private RegistryException(ErrorKind kind, String message, @Nullable Throwable cause, AnswerFacts answer) {
        super(message, cause);
        this.kind = kind;
        this.answer = answer;
    }

    /** An error of {@code kind} behind a response with {@code status}. */
    public static RegistryException answered(ErrorKind kind, int status, String message) {
        return new RegistryException(kind, message, null, AnswerFacts.of(status));
    }

    /** A temporary error behind a response with {@code status}, which may have asked to wait. */
    public static RegistryException temporary(int status, String message, @Nullable Duration delay) {
        return new RegistryException(ErrorKind.TEMPORARY, message, null, new AnswerFacts(status, delay, "", Set.of()));
    }

    /**
     * A temporary error for a rate limit, by whatever status.
     *
     * @param delay how long it asks to wait; zero if unspecified
     */
    public static RegistryException throttled(int status, String registry, String message, Duration delay) {
        AnswerFacts answer = new AnswerFacts(status, delay, registry, Set.of(Note.THROTTLE));
        return new RegistryException(ErrorKind.TEMPORARY, message, null, answer);
    }

    /** A temporary error of {@code registry}, which rate-limited another program, not this client. */
    public static RegistryException throttledElsewhere(String registry, String message) {
        AnswerFacts answer = new AnswerFacts(0, null, registry, Set.of(Note.THROTTLE));
        return new RegistryException(ErrorKind.TEMPORARY, message, null, answer);
    }

    /** A temporary error without a response. */
    public static RegistryException unanswered(String message, IOException cause) {
        return new RegistryException(ErrorKind.TEMPORARY, message, cause, AnswerFacts.NONE.with(Note.MISSING));
    }

    /** Never null: every constructor takes one. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    /** This error with another kind, for callers who know better what it means. */
    public RegistryException as(ErrorKind other) {
        return as(other, getMessage());
    }

    /** The same with another message. */
    public RegistryException as(ErrorKind other, String message) {
        return new RegistryException(other, message, this, answer);
    }

    /** This error with a message that says where it happened. */
    public RegistryException saying(String message) {
        return new RegistryException(kind, message, this, answer);
    }

    /** This error as the failure of a token request, which must not be retried by the request that needs the token. */
    public RegistryException asTokenFailure() {
        return isTokenFailure()
                ? this
                : new RegistryException(kind, getMessage(), this, answer.with(Note.OF_TOKEN_ENDPOINT));
    }

    /** This error, attributed to a host that the registry redirected to, or to a redirect that is not followed. */
    public RegistryException asElsewhere() {
        return new RegistryException(kind, getMessage(), this, answer.with(Note.ELSEWHERE));
    }

    /** This error, attributed to a list that was read only in part. */
    public RegistryException asBrokenList() {
        return new RegistryException(kind, getMessage(), this, answer.with(Note.BROKEN_LIST));
    }

    /** True if a list was read only in part: a list that is odd, not an unresponsive registry. */
    public boolean isBrokenList() {
        return answer.has(Note.BROKEN_LIST);
    }

    /** True if it comes from a host that the registry redirected to, or from a redirect that is not followed. */
    public boolean isElsewhere() {
        return answer.has(Note.ELSEWHERE);
    }

    /** True if the registry itself refused for good: no redirect, other host, incomplete or unreadable response. */
    public boolean isOwnRefusal() {
        boolean refused = kind == ErrorKind.REFUSED || kind == ErrorKind.SOURCE_REFUSED;
        return refused && status() >= 400 && !isElsewhere();
    }

    /** True if the registry itself rejected the requested name, so it has nothing of that name. */
    public boolean isNameRefused() {
        return isOwnRefusal() && REFUSED_NAMES.contains(status());
    }

    /** True if a token endpoint issued no token, so the registry itself was not queried. */
    public boolean isTokenFailure() {
        return answer.has(Note.OF_TOKEN_ENDPOINT);
    }

    /** What the failure means. */
    public ErrorKind kind() {
        return kind;
    }

    /** The HTTP status, such as 429; 0 if there was no response. */
    public int status() {
        return answer.status();
    }

    /** True for a rate limit: by 429, or by its words under another status. */
    public boolean isThrottled() {
        return answer.has(Note.THROTTLE);
    }

    /** The registry that is rate limiting, itself or by its token endpoint; empty if none. */
    public Optional<String> throttledBy() {
        return isThrottled() ? Optional.of(answer.registry()) : Optional.empty();
    }

    /** True if there was no complete response: host name, connection, TLS, time-out. */
    public boolean isUnanswered() {
        return answer.has(Note.MISSING);
    }

    /** How long the server asked to wait, if it did; zero if it is rate limiting without saying for how long. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(answer.retryAfter());
    }
}
