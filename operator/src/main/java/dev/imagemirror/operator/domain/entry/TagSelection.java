package dev.imagemirror.operator.domain.entry;

import dev.imagemirror.image.ImageReference;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which tags of a repository are mirrored. Immutable, thread-safe.
 *
 * @param include globs ({@code *} any text, {@code ?} one character), at least one of which must match; empty for any
 *     tag
 * @param exclude globs, none of which may match
 * @param semver range that the tag must satisfy as a version, see {@code VersionRange} and {@code TagVersion}; or null
 * @param latest how many of the highest are kept, at least 1; null for all
 */
public record TagSelection(
        List<String> include,
        List<String> exclude,
        @Nullable String semver,
        @Nullable Integer latest) {
    /** Prefixes of the tags under which cosign and the OCI referrers fallback store an image's referrers. */
    private static final List<String> REFERRER_PREFIXES = List.of("sha256-", "sha512-");

    /**
     * Copies the lists.
     *
     * @throws IllegalArgumentException if the range or the number is invalid
     */
    public TagSelection {
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
        if (latest != null && latest < 1) {
            throw new IllegalArgumentException("the latest " + latest + " tags would select nothing; write 1 or more");
        }
        if (semver != null) {
            VersionRange.parse(semver);
        }
    }

    /**
     * The selected {@code tags}, distinct, highest first: by version if there is a range, otherwise in natural order,
     * where runs of digits compare as numbers. Never selects cosign and referrers tags ({@code sha256-…}).
     */
    public List<String> select(Collection<String> tags) {
        Stream<String> named = named(tags);
        Stream<String> sorted = semver == null
                ? named.sorted(NaturalOrder.OF_TAGS.reversed())
                : versions(named, semver).map(TagVersion::tag);
        return latest == null ? sorted.toList() : sorted.limit(latest).toList();
    }

    /** The selection as text. */
    public String inWords() {
        StringBuilder text = new StringBuilder("include ");
        text.append(include.isEmpty() ? "*" : String.join(" ", include));
        if (!exclude.isEmpty()) {
            text.append(", exclude ").append(String.join(" ", exclude));
        }
        if (semver != null) {
            text.append(", semver ").append(semver);
        }
        return latest == null
                ? text.toString()
                : text.append(", latest ").append(latest).toString();
    }

    private Stream<String> named(Collection<String> tags) {
        List<Glob> included = include.stream().map(Glob::new).toList();
        List<Glob> excluded = exclude.stream().map(Glob::new).toList();
        return tags.stream()
                .distinct()
                .filter(ImageReference::isTag)
                .filter(tag -> REFERRER_PREFIXES.stream().noneMatch(tag::startsWith))
                .filter(tag -> included.isEmpty() || matchesAny(included, tag))
                .filter(tag -> !matchesAny(excluded, tag));
    }

    private static Stream<TagVersion> versions(Stream<String> tags, String semver) {
        VersionRange range = VersionRange.parse(semver);
        Comparator<TagVersion> highestFirst = TagVersion.ORDER.reversed();
        return tags.map(TagVersion::parse)
                .filter(Objects::nonNull)
                .filter(range::contains)
                .sorted(highestFirst);
    }

    private static boolean matchesAny(List<Glob> globs, String tag) {
        return globs.stream().anyMatch(glob -> glob.matches(tag));
    }
}
