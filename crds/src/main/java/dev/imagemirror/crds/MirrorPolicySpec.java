package dev.imagemirror.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a policy declares. Immutable, thread-safe.
 *
 * @param suspend whether copying is suspended
 * @param interval how often digests are compared, such as {@code 15m}; null for the operator's default
 * @param deletionPolicy what happens to the rows when the policy is deleted
 * @param mirrors one element per source
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MirrorPolicySpec(
        @JsonPropertyDescription("Compare digests but copy nothing. Copies in flight finish.") @Default("false")
        boolean suspend,

        @JsonPropertyDescription(
                "How often digests are compared: a whole number with s, m, h or d, from 10s to 7d, such"
                        + " as 15m. Defaults to the operator's loop.interval.")
        @Size(min = 2, max = Durations.MAX_LENGTH)
        @Pattern(Durations.FORM)
        @ValidationRule(value = Durations.FORM_RULE, message = Durations.FORM_ADVICE)
        @ValidationRule(value = Durations.INTERVAL_RULE, message = Durations.INTERVAL_ADVICE)
        @Nullable
        String interval,

        @JsonPropertyDescription(
                "What happens to the mirror entries when this policy is deleted. Delete: they are removed and"
                        + " mirroring stops. Orphan: they are kept and still mirrored. Images are never deleted.")
        @Default("Delete")
        DeletionPolicy deletionPolicy,

        @JsonPropertyDescription(
                "The images to mirror, one item per source. A source may appear only once in a policy, with"
                        + " any number of destinations.")
        @Required
        @Size(max = MirrorPolicySpec.MAX_MIRRORS)
        List<Mirror> mirrors) {
    /** Maximum number of mirrors of a policy. */
    public static final int MAX_MIRRORS = 250;

    /** Fills in the schema's defaults, and copies the list. */
    public MirrorPolicySpec {
        deletionPolicy = deletionPolicy == null ? DeletionPolicy.DELETE : deletionPolicy;
        mirrors = mirrors == null ? List.of() : List.copyOf(mirrors);
    }
}
