package dev.imagemirror.operator.reconcile;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.EntryKey;

/** Decides which entry has a destination: the one that came first, as long as its row or its status is there. */
final class DestinationOwners {
    private final MirrorTable mirrors;
    private final StatusTable statuses;

    DestinationOwners(MirrorTable mirrors, StatusTable statuses) {
        this.mirrors = mirrors;
        this.statuses = statuses;
    }

    /** Makes {@code key} the owner if it can be; gives the owner now. */
    EntryKey own(ImageReference destination, EntryKey key) {
        EntryKey owner = statuses.own(destination, key);
        if (owner.equals(key) || !isGone(owner, destination)) {
            return owner;
        }
        statuses.disown(destination, owner);
        return statuses.own(destination, key);
    }

    /** A process that ended between owning and writing its first status leaves an owner that nobody would remove. */
    private boolean isGone(EntryKey owner, ImageReference destination) {
        return mirrors.load(owner).isEmpty()
                && statuses.load(owner).pairs().stream()
                        .noneMatch(pair -> pair.destination().identity().equals(destination.identity()));
    }
}
