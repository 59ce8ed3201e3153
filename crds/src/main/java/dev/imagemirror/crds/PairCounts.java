package dev.imagemirror.crds;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/**
 * Pairs by state, on two axes: what was observed ({@code inSync}, {@code drifted}, {@code unknown}, which add up to
 * {@code total}) and what is being done about it ({@code copying}, {@code waiting}, {@code blocked}; otherwise
 * nothing).
 *
 * @param total all pairs
 * @param inSync the destination equals the source
 * @param drifted the destination lacks the image or has another
 * @param unknown one side could not be read
 * @param copying a copy job is in flight
 * @param waiting an action is pending
 * @param blocked user action is required
 */
public record PairCounts(
        @JsonPropertyDescription("All pairs: the sum of inSync, drifted and unknown.")
        int total,

        @JsonPropertyDescription("Pairs whose destination has the source's digest.")
        int inSync,

        @JsonPropertyDescription(
                "Pairs whose destination lacks the image or has another one, whether or not a copy is running.")
        int drifted,

        @JsonPropertyDescription("Pairs of which one side could not be checked, so nothing is copied.")
        int unknown,

        @JsonPropertyDescription("Pairs with a copy job in flight.")
        int copying,

        @JsonPropertyDescription("Pairs that are suspended, in quarantine, in backoff or queued.")
        int waiting,

        @JsonPropertyDescription("Pairs that need attention; see worst.")
        int blocked) {}
