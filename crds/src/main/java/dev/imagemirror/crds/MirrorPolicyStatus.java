package dev.imagemirror.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of a policy's mirrors; written only by the operator. Immutable, thread-safe.
 *
 * @param observedGeneration {@code metadata.generation} of the spec that this describes
 * @param entries how many entries the policy declares
 * @param inSync pairs in sync out of all pairs, for display
 * @param pairs pairs by state
 * @param conditions at most one per type
 * @param worst the pairs most in need of attention, worst first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MirrorPolicyStatus(
        @JsonPropertyDescription("metadata.generation of the spec that this status is based on.") @Nullable
        Long observedGeneration,

        @JsonPropertyDescription("Number of mirror entries declared by the policy.") @Nullable
        Integer entries,

        @JsonPropertyDescription("Pairs in sync out of all pairs, such as 3/4.") @Size(max = 32) @Nullable
        String inSync,

        @JsonPropertyDescription(
                "Number of pairs by state. A pair is one source tag and one destination tag of an" + " entry.")
        @Nullable
        PairCounts pairs,

        @JsonPropertyDescription("Ready: every pair is in sync with the current policy. Progressing: copies are"
                + " running or waiting. Degraded: something needs attention.")
        @Size(max = MirrorPolicyStatus.MAX_CONDITIONS)
        List<Condition> conditions,

        @JsonPropertyDescription("Up to 20 pairs that most need attention, worst first.")
        @Size(max = MirrorPolicyStatus.MAX_WORST)
        List<WorstPair> worst) {
    /** Maximum size of {@code worst}. */
    public static final int MAX_WORST = 20;

    static final int MAX_CONDITIONS = 8;

    /** Copies the lists. */
    public MirrorPolicyStatus {
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
        worst = worst == null ? List.of() : List.copyOf(worst);
    }

    /** A status whose {@link #inSync} is derived from the counts. */
    public static MirrorPolicyStatus of(
            long observedGeneration, int entries, PairCounts pairs, List<Condition> conditions, List<WorstPair> worst) {
        String inSync = pairs.inSync() + "/" + pairs.total();
        return new MirrorPolicyStatus(observedGeneration, entries, inSync, pairs, conditions, worst);
    }
}
