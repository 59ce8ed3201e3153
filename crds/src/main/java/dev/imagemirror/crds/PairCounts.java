package dev.imagemirror.crds;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/**
 * Pairs by state, on two axes: what was seen ({@code inSync}, {@code drifted}, {@code unknown}, which make up
 * {@code total}) and what is being done about it ({@code copying}, {@code waiting}, {@code blocked}; else nothing).
 *
 * @param total all pairs
 * @param inSync the destination equals the source
 * @param drifted the destination lacks the image or has another
 * @param unknown one side could not be seen
 * @param copying a copy job is in flight
 * @param waiting something will be done later
 * @param blocked somebody has to do something
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
