package dev.imagemirror.operator.port;

import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.MirrorRow;
import java.util.Optional;
import java.util.function.Consumer;

/** Port: the user-owned table of desired state. Thread-safe; blocking; every method may throw {@link PortException}. */
public interface MirrorTable {
    /** Hands out every row, whatever the number of pages; the consumer is called by several threads at once. */
    void scan(Consumer<MirrorRow> rows);

    /** The row as it is now (a consistent read). */
    Optional<MirrorRow> load(EntryKey key);

    /**
     * Writes a declared row whole, if there is none or {@code manager} has it.
     *
     * @return false if somebody else has the row, which then is as it was
     */
    boolean put(MirrorRow row, String manager);

    /**
     * Deletes a declared row, if {@code manager} has it.
     *
     * @return false if somebody else has the row, which then is as it was; true if it is gone
     */
    boolean delete(EntryKey key, String manager);

    /**
     * Lets a declared row live on as if it had been made by hand, without a manager, if {@code manager} has it.
     *
     * @return false if somebody else has the row, which then is as it was; true if it is gone
     */
    boolean release(EntryKey key, String manager);

    /**
     * Asks whoever follows the table's changes for a pass over a declared row at once, if {@code manager} has it. What the
     * row means stays as it is.
     *
     * @param token another one for another request
     * @return false if this was asked before, or if {@code manager} does not have the row
     */
    boolean request(EntryKey key, String manager, String token);
}
