package dev.imagemirror.operator.claim;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.Drift;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.PairState;
import dev.imagemirror.operator.domain.Reason;
import dev.imagemirror.operator.domain.entry.EntryParser;
import dev.imagemirror.operator.domain.entry.MirrorEntry;
import dev.imagemirror.operator.domain.entry.ParsedEntry;
import dev.imagemirror.operator.port.MirrorTable;
import dev.imagemirror.operator.port.NewerOwnerException;
import dev.imagemirror.operator.port.StaleException;
import dev.imagemirror.operator.port.StatusTable;
import java.time.Clock;
import java.util.Optional;

/** Decides which entry owns a destination: the first one, as long as its row or its status leads there. */
public final class DestinationOwners {
    private final MirrorTable mirrors;
    private final StatusTable statuses;
    private final Clock clock;

    public DestinationOwners(MirrorTable mirrors, StatusTable statuses, Clock clock) {
        this.mirrors = mirrors;
        this.statuses = statuses;
        this.clock = clock;
    }

    /** The state of a pair whose destination is owned by another entry. */
    public static PairState conflict(Drift drift, ImageReference destination, EntryKey owner) {
        return PairState.held(
                drift,
                Reason.DESTINATION_CONFLICT,
                destination + " belongs to entry " + owner + "; remove it from one of them");
    }

    /** The state of a pair whose destination's owner item this operator must not change. */
    public static PairState conflict(Drift drift, NewerOwnerException newer) {
        return PairState.held(drift, Reason.DESTINATION_CONFLICT, newer.getMessage());
    }

    /**
     * Makes {@code key} the owner if possible; returns the current owner.
     *
     * @throws StaleException if the owner changed meanwhile
     * @throws NewerOwnerException if the owner item must change but was written by a newer operator
     */
    public EntryKey own(ImageReference destination, EntryKey key) {
        EntryKey owner = statuses.own(destination, key);
        if (owner.equals(key)) {
            return owner;
        }
        // Read before judging: if the owner makes a claim meanwhile, the version rises and the takeover fails.
        Optional<StatusTable.Owner> held = statuses.ownerOf(destination);
        if (held.isPresent() && !isGone(held.get().entry(), destination)) {
            return held.get().entry();
        }
        if (held.isEmpty() || !statuses.exchange(destination, held.get(), key)) {
            throw new StaleException("the owner of " + destination);
        }
        return key;
    }

    /** A process that died between taking ownership and its first status leaves an owner that nothing would remove. */
    private boolean isGone(EntryKey owner, ImageReference destination) {
        boolean hasPair = statuses.load(owner).shown().stream()
                .anyMatch(pair -> pair.identity().equals(destination.identity()));
        return !hasPair && !leadsTo(owner, destination);
    }

    /** For a tag selection or an invalid row, only its pairs count. */
    private boolean leadsTo(EntryKey owner, ImageReference destination) {
        return mirrors.load(owner)
                .filter(row -> !row.isExpired(clock.instant()))
                .map(EntryParser::parse)
                .flatMap(ParsedEntry::asEntry)
                .filter(entry -> entry.tags() == null)
                .map(entry -> isAmong(entry, destination))
                .orElse(false);
    }

    private static boolean isAmong(MirrorEntry entry, ImageReference destination) {
        return entry.pairs(null).stream()
                .anyMatch(pair -> pair.destination().identity().equals(destination.identity()));
    }
}
