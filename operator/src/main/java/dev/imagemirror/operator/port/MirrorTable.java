package dev.imagemirror.operator.port;

import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.MirrorRow;
import java.util.Optional;
import java.util.function.Consumer;

/** Port: the user-owned table of desired state. Thread-safe; blocking; every method may throw {@link PortException}. */
public interface MirrorTable {
    /** Passes on every row, from all pages; calls the consumer on several threads. */
    void scan(Consumer<MirrorRow> rows);

    /** The current row (a consistent read). */
    Optional<MirrorRow> load(EntryKey key);

    /**
     * Writes a declared row as a whole, if there is none or {@code manager} owns it.
     *
     * @return false if another manager owns the row, which is unchanged
     */
    boolean put(MirrorRow row, String manager);

    /**
     * Deletes a declared row if {@code manager} owns it.
     *
     * @return false if another manager owns the row, which is unchanged; true if it is gone
     */
    boolean delete(EntryKey key, String manager);

    /**
     * Releases a declared row if {@code manager} owns it: it lives on unmanaged.
     *
     * @return false if another manager owns the row, which is unchanged; true if it is gone
     */
    boolean release(EntryKey key, String manager);

    /**
     * Requests an immediate pass over a declared row, via the table's changes, if {@code manager} owns it. Does not
     * change the row's meaning.
     *
     * @param token unique per request
     * @return false if already requested, or if {@code manager} does not own the row
     */
    boolean request(EntryKey key, String manager, String token);
}
