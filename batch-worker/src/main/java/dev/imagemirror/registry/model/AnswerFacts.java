package dev.imagemirror.registry.model;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link RegistryException} knows about the response behind it.
 *
 * @param status HTTP status; 0 if there was none
 * @param retryAfter how long the sender asked to wait, if it did
 * @param registry the sender; empty if irrelevant
 * @param notes further facts
 */
record AnswerFacts(int status, @Nullable Duration retryAfter, String registry, Set<Note> notes) {
    static final AnswerFacts NONE = of(0);

    /** Further facts about a response. */
    enum Note {
        /** There was no complete response. */
        MISSING,
        /** It is a rate limit. */
        THROTTLE,
        /** A token endpoint issued no token, so the registry itself was not queried. */
        OF_TOKEN_ENDPOINT,
        /** A list was read only in part. */
        BROKEN_LIST,
        /** It came from another host, after a redirect, or is about a redirect that is not followed. */
        ELSEWHERE
    }

    static AnswerFacts of(int status) {
        return new AnswerFacts(status, null, "", Set.of());
    }

    AnswerFacts with(Note note) {
        Set<Note> more = EnumSet.of(note);
        more.addAll(notes);
        return new AnswerFacts(status, retryAfter, registry, more);
    }

    boolean has(Note note) {
        return notes.contains(note);
    }
}
