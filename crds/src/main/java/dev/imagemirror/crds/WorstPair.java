package dev.imagemirror.crds;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A pair that is not in sync, or an invalid entry, which has no pairs. Immutable, thread-safe.
 *
 * @param source the source, with its tag
 * @param destination the destination, with its tag; null if this is about the whole entry
 * @param state the operator's name for the state, such as {@code Blocked}
 * @param reason why, such as {@code AccessDenied}
 * @param message what happened and what to do, at most {@link #MAX_MESSAGE} characters
 * @param since when it entered this state, if known
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WorstPair(
        @JsonPropertyDescription("The source, with its tag.") @Required @Size(max = WorstPair.MAX_REFERENCE)
        String source,

        @JsonPropertyDescription("The destination, with its tag. Omitted if this is about the whole entry.")
        @Size(max = WorstPair.MAX_REFERENCE)
        @Nullable
        String destination,

        @JsonPropertyDescription(
                "The first that applies: Blocked, Copying, Suspended, Quarantined, Unknown, Missing or Stale.")
        @Required
        @Size(max = 64)
        String state,

        @JsonPropertyDescription("Why it is blocked or waiting, in one word, such as AccessDenied.")
        @Size(max = 64)
        @Nullable
        String reason,

        @JsonPropertyDescription("What happened, and what to do or expect next.")
        @Size(max = WorstPair.MAX_MESSAGE)
        @Nullable
        String message,

        @JsonPropertyDescription("When the pair entered this state.")
        @JsonFormat(shape = JsonFormat.Shape.STRING)
        @Size(max = Condition.MAX_TIME)
        @Nullable
        Instant since) {
    /** Maximum length of a message, in characters. */
    public static final int MAX_MESSAGE = 512;

    /** Maximum length of a reference, in characters. */
    public static final int MAX_REFERENCE = 1_024;
}
