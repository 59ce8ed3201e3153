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
 * One source and its destinations. Immutable, thread-safe.
 *
 * @param source an image reference as users write it
 * @param destinations image references without digests
 * @param tags which tags of the source are mirrored; null for the one that {@code source} names
 * @param minAge how long a digest must be unchanged before it is copied, such as {@code 24h}; null for no minimum
 * @param referrers whether signatures, SBOMs and attestations are copied too
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "!has(self.tags) || !self.source.matches('@|" + References.HAS_TAG + "')",
        fieldPath = ".source",
        message = "tags selects many tags, so source takes neither tag nor digest; write only the repository, such as"
                + " docker.io/library/golang, or remove tags")
@ValidationRule(
        value = "!has(self.tags) || self.destinations.all(d, !d.matches('" + References.HAS_TAG + "'))",
        fieldPath = ".destinations",
        message = "tags selects many tags, so destinations take no tag; write only the repository, such as"
                + " registry.example.com/golang, or remove tags")
@ValidationRule(
        value = "has(self.tags) || !self.source.contains('@') || self.source.matches('"
                + References.HAS_TAG_BEFORE_DIGEST + "') || self.destinations.all(d, d.matches('" + References.HAS_TAG
                + "'))",
        fieldPath = ".destinations",
        message = "source has a digest and no tag, so each destination needs a tag; write for example"
                + " registry.example.com/golang:1.17")
@ValidationRule(
        value = "!self.destinations.exists(d, self.source == d || (self.source.startsWith(d + ':')"
                + " && !self.source.substring(d.size()).contains('/')))",
        fieldPath = ".destinations",
        message = "a destination is the source itself; write another repository or another tag")
public record Mirror(
        @JsonPropertyDescription(
                "The image to copy, as for docker pull: golang:1.17, registry.example.com:5000/team/app,"
                        + " quay.io/app@sha256:…. Defaults to the latest tag. With tags, it is the repository"
                        + " alone.")
        @Required
        @Size(min = 1, max = References.MAX_LENGTH)
        @Pattern(References.ANY)
        @ValidationRule(value = References.NO_URL, message = References.NO_URL_ADVICE)
        @ValidationRule(
                value = "self.contains('://') || self.matches(r'" + References.ANY + "')",
                message = "write an image reference such as docker.io/library/golang:1.17; repository names are"
                        + " lower-case")
        String source,

        @JsonPropertyDescription("Where to copy the image: image references without digest, such as"
                + " registry.example.com/golang. Without a tag they take the source's. Nothing is ever deleted there.")
        @Required
        @Size(min = 1, max = Mirror.MAX_DESTINATIONS)
        @ItemRule(value = References.NO_URL, message = References.NO_URL_ADVICE)
        @ItemRule(
                value = "!self.contains('@')",
                message = "the source determines the digest; write the destination with or without a tag")
        @ItemRule(
                value = "self.matches(r'" + References.ROUGHLY_TAGGED + "')",
                message = "write an image reference such as registry.example.com/team/golang:1.17; repository names"
                        + " are lower-case")
        @ItemRule(
                value = "!self.matches('" + References.UPPER_CASE_NAME + "')",
                message = "repository names are lower-case; write for example registry.example.com/team/golang")
        List<@Size(min = 1, max = References.MAX_LENGTH) @Pattern(References.TAGGED) String> destinations,

        @JsonPropertyDescription(
                "Mirrors many tags of the source repository under the same names. New tags are picked up"
                        + " automatically. Signature tags (sha256-…) are never selected; see referrers.")
        @Nullable
        TagSelection tags,

        @JsonPropertyDescription(
                "Quarantine: a digest is copied only after the tag has pointed to it for this long without"
                        + " interruption. A whole number with s, m, h or d, up to 365d, such as 24h.")
        @Size(min = 2, max = Durations.MAX_LENGTH)
        @Pattern(Durations.FORM)
        @ValidationRule(value = Durations.FORM_RULE, message = Durations.FORM_ADVICE)
        @ValidationRule(value = Durations.MIN_AGE_RULE, message = Durations.MIN_AGE_ADVICE)
        @Nullable
        String minAge,

        @JsonPropertyDescription(
                "Also copy the image's signatures, SBOMs and attestations, including those" + " added later.")
        @Default("false")
        boolean referrers) {
    /** Maximum number of destinations of a mirror. */
    public static final int MAX_DESTINATIONS = 20;

    /** Copies the list. */
    public Mirror {
        destinations = destinations == null ? List.of() : List.copyOf(destinations);
    }

    /** Without any optional field. */
    public Mirror(String source, List<String> destinations) {
        this(source, destinations, null, null, false);
    }
}
