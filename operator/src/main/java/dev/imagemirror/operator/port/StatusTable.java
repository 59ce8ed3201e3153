package dev.imagemirror.operator.port;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.EntryStatus;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.domain.UnreadableItem;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Port: the operator-owned table of observed state and work in progress. Writes are conditional on the item's version
 * as read; each raises it by one. Thread-safe; blocking; every method may throw {@link PortException}, after which a
 * write may or may not have been applied.
 */
public interface StatusTable {
    /**
     * Owner of a destination.
     *
     * @param entry the owner
     * @param version of the owner item; raised by each claim on the destination
     */
    record Owner(EntryKey entry, long version) {}

    /**
     * All current items of an entry (a consistent read), from all pages. Unreadable items are returned separately and
     * do not affect the others.
     */
    EntryRecords load(EntryKey key);

    /**
     * Passes on every summary and pair, refused ones included, and unreadable items; calls the consumers on several
     * threads.
     */
    void scan(Consumer<EntryStatus> entries, Consumer<PairStatus> pairs, Consumer<UnreadableItem> unreadable);

    /**
     * Writes a summary.
     *
     * @return false if the item has changed since it was read; nothing was written
     */
    boolean write(EntryStatus status);

    /**
     * Writes everything about a pair except its claim, which stays unchanged.
     *
     * @return false if the item has changed since it was read; nothing was written
     */
    boolean write(PairStatus status);

    /**
     * Claims all pairs of one job, which carry the new claim, in one transaction. Requires each item to be as read and
     * unclaimed, each destination to be owned by the entry or nobody, and the row's attributes to be as read. Raises
     * the version of each destination's owner item.
     *
     * @param row as read by the pass
     * @param pairs of one entry, at most 30
     * @throws NewerOwnerException if a newer operator wrote a destination's owner item; nothing was written
     */
    ClaimResult claim(MirrorRow row, List<PairStatus> pairs);

    /**
     * Writes pairs as a whole, including their claims (job id recorded, taken over, released), in one transaction.
     *
     * @param pairs of one entry, at most 30
     * @return false if an item has changed since it was read; nothing was written
     */
    boolean change(List<PairStatus> pairs);

    /**
     * Makes {@code key} the owner of a destination that has none.
     *
     * @return the current owner, possibly another entry
     * @throws NewerOwnerException if a newer operator wrote the owner item and it names no readable owner
     */
    EntryKey own(ImageReference destination, EntryKey key);

    /** The current owner of a destination (a consistent read), if any. */
    Optional<Owner> ownerOf(ImageReference destination);

    /**
     * Transfers a destination to {@code to} in one write.
     *
     * @return false if its owner item has changed since {@code from} was read: another owner, or claimed since
     * @throws NewerOwnerException if a newer operator wrote the owner item
     */
    boolean exchange(ImageReference destination, Owner from, EntryKey to);

    /**
     * Deletes an unclaimed pair as read, and its owner item if it is the entry's and no newer operator wrote it; false
     * if the pair has changed.
     */
    boolean remove(PairStatus status);

    /**
     * Deletes an unreadable item, if it still is.
     *
     * @param item a removable one
     * @return false if it has changed since it was read
     */
    boolean discard(UnreadableItem item);

    /** Deletes a summary as read; false if it has changed. */
    boolean remove(EntryStatus status);
}
