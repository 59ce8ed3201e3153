package dev.imagemirror.operator.reconcile;

import dev.imagemirror.operator.domain.Pair;
import dev.imagemirror.operator.domain.Resolution;
import dev.imagemirror.operator.domain.entry.MirrorEntry;
import dev.imagemirror.operator.port.DigestResolver;
import java.util.List;

/** Finds the pairs of an entry: those it names, or those that its selection of tags makes. */
final class TagExpander {
    /** More are a mistake in the selection; the status table would hold an item for each. */
    static final int MAX_PAIRS = 10_000;

    /** With a minimum age, each tag's history has to fit into the entry's one item. */
    static final int MAX_TAGS_WITH_AGE = 800;

    /**
     * An expansion.
     *
     * @param pairs empty if {@code failure} or {@code fault}
     * @param failure why the tag list could not be read, or null
     * @param fault what is wrong with the selection's result, or null
     * @param listed how many tags there are to select from
     * @param notice what is odd about the tag list although it was read; empty if nothing is
     */
    record Expansion(List<Pair> pairs, Resolution failure, String fault, int listed, String notice) {
        /** True if these are all pairs that the entry shall have. */
        boolean isComplete() {
            return failure == null && fault == null;
        }
    }

    private final DigestResolver registries;
    private final OddLists oddities;

    TagExpander(DigestResolver registries, OddLists oddities) {
        this.registries = registries;
        this.oddities = oddities;
    }

    /** @param freshness of the list that tags are selected from */
    Expansion expand(MirrorEntry entry, DigestResolver.Freshness freshness) {
        if (entry.tags() == null) {
            return new Expansion(entry.pairs(null), null, null, 1, "");
        }
        DigestResolver.TagListing listing = registries.tags(entry.source(), freshness);
        oddities.note(entry.source().name(), listing.failure(), listing.notice());
        if (listing.failure() != null) {
            return new Expansion(List.of(), listing.failure(), null, 0, "");
        }
        List<String> tags = entry.tags().select(listing.tags());
        if (tags.size() * (long) entry.destinations().size() > MAX_PAIRS) {
            return fault(tags.size() + " tags for " + entry.destinations().size() + " destinations are more than "
                    + MAX_PAIRS + " pairs; narrow Tags or split the entry");
        }
        if (!entry.options().minAge().isZero() && tags.size() > MAX_TAGS_WITH_AGE) {
            return fault(tags.size() + " tags with MinAge are more than " + MAX_TAGS_WITH_AGE
                    + "; narrow Tags or split the entry");
        }
        return new Expansion(
                tags.stream().flatMap(tag -> entry.pairs(tag).stream()).toList(),
                null,
                null,
                listing.tags().size(),
                listing.notice());
    }

    private static Expansion fault(String fault) {
        return new Expansion(List.of(), null, fault, 0, "");
    }
}
