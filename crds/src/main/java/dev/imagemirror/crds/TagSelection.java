package dev.imagemirror.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which tags of a repository are mirrored: those that satisfy all fields that are set. Immutable, thread-safe.
 *
 * @param include globs, one of which must match; null for any tag
 * @param exclude globs, none of which may match; null for none
 * @param semver a version range; null for any
 * @param latest how many of the highest are kept; null for all
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "has(self.include) || has(self.exclude) || has(self.semver) || has(self.latest)",
        message = "write at least one of include, exclude, semver and latest; include: [\"*\"] selects every tag")
public record TagSelection(
        @JsonPropertyDescription(
                "Globs, one of which must match the tag: * is any text, ? one character. If omitted, any"
                        + " tag does.")
        @Size(min = 1, max = TagSelection.MAX_GLOBS)
        @ItemRule(value = TagSelection.GLOB_RULE, message = TagSelection.GLOB_ADVICE)
        @Nullable
        List<@Size(min = 1, max = TagSelection.MAX_GLOB_LENGTH) @Pattern(TagSelection.GLOB) String> include,

        @JsonPropertyDescription("Globs, none of which may match the tag, such as *-rc*.")
        @Size(min = 1, max = TagSelection.MAX_GLOBS)
        @ItemRule(value = TagSelection.GLOB_RULE, message = TagSelection.GLOB_ADVICE)
        @Nullable
        List<@Size(min = 1, max = TagSelection.MAX_GLOB_LENGTH) @Pattern(TagSelection.GLOB) String> exclude,

        @JsonPropertyDescription("An npm-style version range that the tag must satisfy: ^1.21, ~1.21.3, >=1.20 <2,"
                + " 1.20.x || 1.21.x. A leading v of the tag is ignored; tags that are not versions are excluded;"
                + " pre-releases match only if the range names one.")
        @Size(min = 1, max = 256)
        @Pattern(VersionRanges.FORM)
        @ValidationRule(
                value = "self.matches(r'" + VersionRanges.FORM + "')",
                message = "write a version range such as ^1.21, ~1.21.3, >=1.20 <2 or 1.20.x || 1.21.x")
        @Nullable
        String semver,

        @JsonPropertyDescription(
                "Mirror only this many of the highest selected tags, by version if semver is set, otherwise"
                        + " in natural order. If omitted, all of them.")
        @Min(1)
        @Max(100_000)
        @Nullable
        Integer latest) {
    static final int MAX_GLOBS = 100;
    static final int MAX_GLOB_LENGTH = 128;
    static final String GLOB = "^[\\w.*?-]+$";
    static final String GLOB_RULE = "self.matches(r'" + GLOB + "')";
    static final String GLOB_ADVICE =
            "write letters, digits, '_', '.' or '-', with * for any text and ? for one character";

    /** Copies the lists. */
    public TagSelection {
        include = include == null ? null : List.copyOf(include);
        exclude = exclude == null ? null : List.copyOf(exclude);
    }
}
