package dev.imagemirror.operator.reconcile;

import dev.imagemirror.operator.domain.Pair;
import dev.imagemirror.operator.domain.Resolution;
import dev.imagemirror.operator.domain.entry.MirrorEntry;
import dev.imagemirror.operator.domain.entry.TagSelection;
import dev.imagemirror.operator.port.DigestResolver;
import java.util.List;

/** Determines an entry's pairs: those it names, or those its tag selection yields. */
final class TagExpander {
    /** More suggests a mistake in the selection; the status table would hold an item for each. */
    static final int MAX_PAIRS = 10_000;

    /** With a minimum age, each tag's history has to fit into the entry's one item. */
    static final int MAX_TAGS_WITH_AGE = 800;

    /** The result of an expansion. */
    sealed interface Expansion {
        /**
         * All pairs that the entry should have.
         *
         * @param listed the number of tags to select from
         * @param notice what is odd about the tag list although it was read; empty if nothing
         */
        record Complete(List<Pair> pairs, int listed, String notice) implements Expansion {}

        /** The tag list could not be read. */
        record Unlisted(Resolution failure) implements Expansion {}

        /** The selection yields more than can be mirrored; {@code fault} says what to do. */
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
