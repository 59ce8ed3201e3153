package dev.imagemirror.operator.kubernetes;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.catalog.EntryCatalog;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.domain.Pair;
import dev.imagemirror.operator.domain.entry.MirrorEntry;
import dev.imagemirror.operator.port.NewerOwnerException;
import dev.imagemirror.operator.port.RowAdoption;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Adopts unmanaged rows if the policy asks for it; otherwise reports them. */
final class Adopter {
    private static final Logger LOG = LoggerFactory.getLogger(Adopter.class);

    private final RowAdoption adoption;
    private final EntryCatalog catalog;
    private final RowIndex index;

    Adopter(RowAdoption adoption, EntryCatalog catalog, RowIndex index) {
        this.adoption = adoption;
        this.catalog = catalog;
        this.index = index;
    }

    /**
     * Adopts an unmanaged row equivalent to {@code row}.
     *
     * @return what to report, if anything
     */
    @Nullable
    PolicyFault adopt(WantedRows wanted, MirrorRow row, MirrorEntry entry) {
        for (MirrorRow other : index.unowned(entry.source())) {
            MirrorEntry otherEntry = WantedRows.entry(other);
            if (otherEntry != null && sharesDestinations(entry, otherEntry)) {
                return !wanted.adopts() || !isSame(entry, otherEntry)
                        ? hint(other, wanted.adopts())
                        : adopt(other, row);
            }
        }
        return null;
    }

    private @Nullable PolicyFault adopt(MirrorRow other, MirrorRow row) {
        RowAdoption.Outcome outcome;
        try {
            outcome = adoption.adopt(other, row);
        } catch (NewerOwnerException e) { // the policy's other rows can still be synced
            return new PolicyFault(
                    PolicyFault.Kind.ROW_CONFLICT, "the row " + other.key() + " cannot be adopted: " + e.getMessage());
        }
        if (outcome == RowAdoption.Outcome.ADOPTED) {
            LOG.info("adopted {} as {}", other.key(), row.key());
            catalog.wrote(other.key(), null);
            catalog.wrote(row.key(), row);
            return null;
        }
        catalog.changed(other.key());
        return new PolicyFault(
                PolicyFault.Kind.ADOPTION_WAITS,
                "the row " + other.key()
                        + (outcome == RowAdoption.Outcome.COPYING
                                ? " will be adopted once its copy in flight has ended"
                                : " has just changed; retrying to adopt it"));
    }

    private static PolicyFault hint(MirrorRow other, boolean adopts) {
        return new PolicyFault(
                PolicyFault.Kind.ROW_CONFLICT,
                "the row " + other.key() + " is unmanaged and has the same destinations: remove it, or "
                        + (adopts
                                ? "give it the same destinations and tags as this policy so that it can be adopted"
                                : "adopt it by " + Annotations.ADOPT_HINT));
    }

    private static boolean sharesDestinations(MirrorEntry one, MirrorEntry other) {
        Set<ImageReference> others = destinations(other);
        return destinations(one).stream().anyMatch(others::contains);
    }

    private static boolean isSame(MirrorEntry one, MirrorEntry other) {
        return destinations(one).equals(destinations(other)) && Objects.equals(one.tags(), other.tags());
    }

    /** With the source's tag filled in, so that they compare equal however they are spelled. */
    private static Set<ImageReference> destinations(MirrorEntry entry) {
        Stream<ImageReference> references = entry.tags() == null
                ? entry.pairs(null).stream().map(Pair::destination)
                : entry.destinations().stream();
        return references.map(ImageReference::identity).collect(Collectors.toSet());
    }
}
