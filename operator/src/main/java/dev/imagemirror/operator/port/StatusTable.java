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
 * Port: the operator-owned table of what is known and being done. Writes are conditional: an item has to be as it was
 * read, by its version, which each write raises by one. Thread-safe; blocking; every method may throw {@link
 * PortException}, after which a write may or may not have been made.
 */
public interface StatusTable {
    /**
     * Owner of a destination.
     *
     * @param entry the owner
     * @param version of the owner item, which each claim for the destination raises
     */
    record Owner(EntryKey entry, long version) {}

    /**
     * All items of an entry as they are now (a consistent read), whatever the number of pages. No item hinders another:
     * what cannot be understood is told apart.
     */
    EntryRecords load(EntryKey key);

    /**
     * Hands out every summary and pair, refused ones too, and what cannot be read; the consumers are called by several
     * threads at once.
     */
    void scan(Consumer<EntryStatus> entries, Consumer<PairStatus> pairs, Consumer<UnreadableItem> unreadable);

    /**
     * Writes a summary.
     *
     * @return false if the item has changed since it was read; nothing was written then
     */
    boolean write(EntryStatus status);

    /**
     * Writes everything about a pair except its claim, which stays as it is in the table.
     *
     * @return false if the item has changed since it was read; nothing was written then
     */
    boolean write(PairStatus status);

    /**
     * Claims all pairs of one job, which carry the new claim, in one transaction: each item as it was read and without
     * a claim, each destination's owner the entry or nobody, the row's attributes as read. Raises the version of each
     * destination's owner item.
     *
     * @param row as the pass read it
     * @param pairs of one entry, at most 30
     * @throws NewerOwnerException if a newer operator wrote a destination's owner item; nothing was written then
     */
    ClaimResult claim(MirrorRow row, List<PairStatus> pairs);

    /**
     * Writes pairs whole, with their claims (job id recorded, taken over, released), in one transaction.
     *
     * @param pairs of one entry, at most 30
     * @return false if an item has changed since it was read; nothing was written then
     */
    boolean change(List<PairStatus> pairs);

    /**
     * Makes {@code key} the owner of a destination that has none.
     *
     * @return the owner now, which may be another entry
     * @throws NewerOwnerException if a newer operator wrote the owner item, and it names nobody that can be read
     */
    EntryKey own(ImageReference destination, EntryKey key);

    /** The owner of a destination as it is now (a consistent read), or empty if it has none. */
    Optional<Owner> ownerOf(ImageReference destination);

    /**
     * Makes {@code to} the owner of a destination in one write.
     *
     * @return false if its owner item is not as {@code from} was read: another owner, or claimed for since
     * @throws NewerOwnerException if a newer operator wrote the owner item
     */
    boolean exchange(ImageReference destination, Owner from, EntryKey to);

    /**
     * Removes a pair as read, which has no claim, and its owner item if the entry has it and no newer operator wrote it;
     * false if the pair has changed.
     */
    boolean remove(PairStatus status);

    /**
     * Removes an item that cannot be read, if it still cannot.
     *
     * @param item a removable one
     * @return false if it has changed since it was read
     */
    boolean discard(UnreadableItem item);

    /** Removes a summary as read; false if it has changed. */
    boolean remove(EntryStatus status);
}
