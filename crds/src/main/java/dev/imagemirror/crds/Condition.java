package dev.imagemirror.crds;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One condition, of the form that {@code kubectl wait} understands (Kubernetes API conventions, "Typical status
 * properties"). Not the client's own class: its {@code type} is not required, so it cannot be the key of a list.
 * Immutable, thread-safe.
 *
 * @param type such as {@code Ready}
 * @param status whether it holds
 * @param observedGeneration {@code metadata.generation} of the spec that this describes
 * @param lastTransitionTime when {@code status} last changed
 * @param reason machine-readable reason, one word
 * @param message human-readable, at most {@link #MAX_MESSAGE} characters
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Condition(
        @JsonPropertyDescription("Ready, Progressing or Degraded.") @Required @Size(min = 1, max = 64)
        String type,

        @JsonPropertyDescription("Status of the condition: True, False or Unknown.") @Required
        Status status,

        @JsonPropertyDescription("metadata.generation of the spec that this condition is based on.") @Nullable
        Long observedGeneration,

        @JsonPropertyDescription("When the condition's status last changed.")
        @Required
        @JsonFormat(shape = JsonFormat.Shape.STRING)
        @Size(max = Condition.MAX_TIME)
        Instant lastTransitionTime,

        @JsonPropertyDescription("Reason in one word.") @Required @Size(min = 1, max = 128)
        String reason,

        @JsonPropertyDescription("Details, and what to do or expect next.") @Required @Size(max = Condition.MAX_MESSAGE)
        String message) {
    /** Maximum length of a message, in characters. */
    public static final int MAX_MESSAGE = 1_024;

    static final int MAX_TIME = 40;

    /** Whether a condition holds. */
    public enum Status {
        /** It holds. */
        @JsonProperty("True")
        TRUE,

        /** It does not. */
        @JsonProperty("False")
        FALSE,

        /** Unknown. */
        @JsonProperty("Unknown")
        UNKNOWN
    }
}
