package dev.imagemirror.operator.reconcile;

import dev.imagemirror.operator.domain.Pair;
import dev.imagemirror.operator.domain.Resolution;
import dev.imagemirror.operator.domain.entry.MirrorEntry;
import dev.imagemirror.operator.domain.entry.TagSelection;
import dev.imagemirror.operator.port.DigestResolver;
import java.util.List;

/** Finds the pairs of an entry: those it names, or those that its selection of tags makes. */
final class TagExpander {
    /** More are a mistake in the selection; the status table would hold an item for each. */
    static final int MAX_PAIRS = 10_000;

    /** With a minimum age, each tag's history has to fit into the entry's one item. */
    static final int MAX_TAGS_WITH_AGE = 800;

    /** What became of an expansion. */
    sealed interface Expansion {
        /**
         * These are all pairs that the entry shall have.
         *
         * @param listed how many tags there are to select from
         * @param notice what is odd about the tag list although it was read; empty if nothing is
         */
        record Complete(List<Pair> pairs, int listed, String notice) implements Expansion {}

        /** The tag list could not be read. */
        record Unlisted(Resolution failure) implements Expansion {}

        /** The selection gives more than can be mirrored; {@code fault} says what to do. */
        record Excessive(String fault) implements Expansion {}
    }

    private final DigestResolver registries;
    private final OddLists oddities;

    TagExpander(DigestResolver registries, OddLists oddities) {
        this.registries = registries;
        this.oddities = oddities;
    }

    /** @param freshness of the list that tags are selected from */
    Expansion expand(MirrorEntry entry, DigestResolver.Freshness freshness) {
        TagSelection selection = entry.tags();
        if (selection == null) {
            return new Expansion.Complete(entry.pairs(null), 1, "");
        }
        DigestResolver.TagListing listing = registries.tags(entry.source(), freshness);
        oddities.note(entry.source().name(), listing.failure(), listing.notice());
        if (listing.failure() != null) {
            return new Expansion.Unlisted(listing.failure());
        }
        List<String> tags = selection.select(listing.tags());
        if (tags.size() * (long) entry.destinations().size() > MAX_PAIRS) {
            return new Expansion.Excessive(
                    tags.size() + " tags for " + entry.destinations().size() + " destinations are more than "
                            + MAX_PAIRS + " pairs; narrow Tags or split the entry");
        }
        if (!entry.options().minAge().isZero() && tags.size() > MAX_TAGS_WITH_AGE) {
            return new Expansion.Excessive(tags.size() + " tags with MinAge are more than " + MAX_TAGS_WITH_AGE
                    + "; narrow Tags or split the entry");
        }
        return new Expansion.Complete(
                tags.stream().flatMap(tag -> entry.pairs(tag).stream()).toList(),
                listing.tags().size(),
                listing.notice());
    }
}
