package dev.imagemirror.registry.model;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/** A registry operation that failed; the message names the reference and what to do next, never a secret. */
public final class RegistryException extends IOException {
    private static final long serialVersionUID = 1L;

    /** What registries answer to a tag or digest that they do not take, or to what they do not serve as a manifest. */
    private static final Set<Integer> REFUSED_NAMES = Set.of(400, 405, 406, 414);

    private final ErrorKind kind;
    private final transient Answer answer;

    /** What else is known of an answer. */
    private enum Note {
        /** There was no whole answer. */
        MISSING,
        /** It asks for fewer requests. */
        THROTTLE,
        /** A token endpoint gave no token, so that the registry itself was not asked. */
        OF_TOKEN_ENDPOINT,
        /** A list was read, but not to its end. */
        BROKEN_LIST,
        /** It is of another host, which the registry redirected to, or of a redirect that is not followed. */
        ELSEWHERE
    }

    /**
     * How the other side was heard.
     *
     * @param status HTTP status, or 0
     * @param retryAfter how long it asked to wait, or null
     * @param registry whose answer it is, or null
     */
    private record Answer(int status, Duration retryAfter, String registry, Set<Note> notes) {
        private static final Answer NONE = new Answer(0, null, null, Set.of());

        Answer with(Note note) {
            Set<Note> more = EnumSet.of(note);
            more.addAll(notes);
            return new Answer(status, retryAfter, registry, more);
        }
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
    public static RegistryException answered(ErrorKind kind, int status, String message) {
        return new RegistryException(kind, message, null, new Answer(status, null, null, Set.of()));
    }

    /** A temporary error whose sender answered {@code status} and may have said when to come back. */
    public static RegistryException retryAfter(int status, String registry, String message, Duration delay) {
        Answer answer = new Answer(status, delay, registry, Set.of());
        return new RegistryException(ErrorKind.TEMPORARY, message, null, answer);
    }

    /** A temporary error whose sender asks for fewer requests, by whatever status. */
    public static RegistryException throttled(int status, String registry, String message, Duration delay) {
        Answer answer = new Answer(status, delay, registry, Set.of(Note.THROTTLE));
        return new RegistryException(ErrorKind.TEMPORARY, message, null, answer);
    }

    /** A temporary error of {@code registry}, which asked somebody else for fewer requests than this program's client. */
    public static RegistryException throttledElsewhere(String registry, String message) {
        return throttled(0, registry, message, null);
    }

    /** A temporary error without an answer. */
    public static RegistryException unanswered(String message, IOException cause) {
        return new RegistryException(ErrorKind.TEMPORARY, message, cause, Answer.NONE.with(Note.MISSING));
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
    public RegistryException saying(String message) {
        return new RegistryException(kind, message, this, answer);
    }

    /** This error as that of a request for a token, which is not to be made once more by whoever needs the token. */
    public RegistryException asTokenFailure() {
        return isTokenFailure()
                ? this
                : new RegistryException(kind, getMessage(), this, answer.with(Note.OF_TOKEN_ENDPOINT));
    }

    /** This error as that of a host to which the registry redirected, or which is not asked. */
    public RegistryException asElsewhere() {
        return new RegistryException(kind, getMessage(), this, answer.with(Note.ELSEWHERE));
    }

    /** This error as that of a list that was read, but not to its end. */
    public RegistryException asBrokenList() {
        return new RegistryException(kind, getMessage(), this, answer.with(Note.BROKEN_LIST));
    }

    /** True if a list was read, but not to its end: a list that is odd, not a registry that does not answer. */
    public boolean isBrokenList() {
        return answer.notes().contains(Note.BROKEN_LIST);
    }

    /** True if another host answered, to which the registry redirected, or if that host is not asked. */
    public boolean isElsewhere() {
        return answer.notes().contains(Note.ELSEWHERE);
    }

    /**
     * True if the registry itself refused what it was asked for, and will again: no redirect, no part of an answer, no
     * answer that could not be read, and nobody whom the registry redirected to.
     */
    public boolean isOwnRefusal() {
        boolean refused = kind == ErrorKind.REFUSED || kind == ErrorKind.SOURCE_REFUSED;
        return refused && status() >= 400 && !isElsewhere();
    }

    /**
     * True if the registry itself refused a name that it was asked for as such, so that it has nothing of that name. Any
     * other refusal says nothing of what is there.
     */
    public boolean isNameRefused() {
        return isOwnRefusal() && REFUSED_NAMES.contains(status());
    }

    /** True if a token endpoint gave no token, so that the registry itself was not asked. */
    public boolean isTokenFailure() {
        return answer.notes().contains(Note.OF_TOKEN_ENDPOINT);
    }

    /** What the failure means. */
    public ErrorKind kind() {
        return kind;
    }

    /** The HTTP status that the other side answered, such as 429; 0 if it is not an answer that failed. */
    public int status() {
        return answer.status();
    }

    /** True if the other side asked for fewer requests: by 429, or by what it says under another status. */
    public boolean isThrottled() {
        return answer.notes().contains(Note.THROTTLE);
    }

    /** The registry that asked for fewer requests (its token endpoint too), or null. */
    public String throttledBy() {
        return isThrottled() ? answer.registry() : null;
    }

    /** True if there was no whole answer: host name, connection, TLS, time-out. */
    public boolean isUnanswered() {
        return answer.notes().contains(Note.MISSING);
    }

    /** How long the other side asked to wait; zero if it wants to be left alone without saying how long, or null. */
    public Duration retryAfter() {
        return answer.retryAfter();
    }
}
