package dev.imagemirror.operator.kubernetes;

import dev.imagemirror.operator.catalog.EntryCatalog;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.EntryView;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.domain.entry.MirrorEntry;
import dev.imagemirror.operator.port.MirrorTable;
import dev.imagemirror.operator.port.PortException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Syncs the rows of one policy: writes those that differ, deletes those no longer wanted, touches nothing else.
 * Thread-safe for different policies.
 */
final class RowSync {
    private static final Logger LOG = LoggerFactory.getLogger(RowSync.class);

    private final MirrorTable table;
    private final EntryCatalog catalog;
    private final RowIndex index;
    private final Adopter adopter;

    RowSync(MirrorTable table, EntryCatalog catalog, RowIndex index, Adopter adopter) {
        this.table = table;
        this.catalog = catalog;
        this.index = index;
        this.adopter = adopter;
    }

    /**
     * Syncs the rows.
     *
     * @return what prevented it
     * @throws PortException if a table is unreachable; the next pass writes the rest
     */
    List<PolicyFault> sync(WantedRows wanted) {
        List<PolicyFault> faults = new ArrayList<>();
        Set<EntryKey> keys = new HashSet<>();
        wanted.rows().forEach((row, entry) -> {
            keys.add(row.key());
            PolicyFault fault = sync(wanted, row, entry);
            if (fault != null) {
                faults.add(fault);
            }
        });
        for (MirrorRow row : index.managedBy(wanted.manager())) {
            if (!keys.contains(row.key()) && wanted.mayRemove().test(row)) {
                remove(row.key(), wanted.manager());
            }
        }
        return faults;
    }

    /**
     * Deletes all rows of a manager.
     *
     * @param declared the keys it declares: the catalog may not have seen another process's latest writes yet
     */
    void removeAll(String manager, Set<EntryKey> declared) {
        keys(manager, declared).forEach(key -> remove(key, manager));
    }

    /** Releases all rows of a manager, including those declared: they live on unmanaged. */
    void releaseAll(String manager, Set<EntryKey> declared) {
        for (EntryKey key : keys(manager, declared)) {
            MirrorRow row = present(key);
            if (table.release(key, manager) && row != null) {
                LOG.info("{} is kept without its policy", key);
                catalog.wrote(key, row.released());
            } else {
                catalog.changed(key);
            }
        }
    }

    private Set<EntryKey> keys(String manager, Set<EntryKey> declared) {
        Set<EntryKey> keys = new TreeSet<>(declared);
        index.managedBy(manager).forEach(row -> keys.add(row.key()));
        return keys;
    }

    private @Nullable PolicyFault sync(WantedRows wanted, MirrorRow row, MirrorEntry entry) {
        PolicyFault fault = adopter.adopt(wanted, row, entry);
        MirrorRow present = present(row.key());
        if (row.equals(present) || (fault != null && fault.kind() == PolicyFault.Kind.ADOPTION_WAITS)) {
            return fault;
        }
        boolean isOurs =
                present == null || wanted.manager().equals(present.attributes().get(MirrorRow.MANAGED_BY));
        if (!isOurs || !table.put(row, wanted.manager())) {
            catalog.changed(row.key());
            return conflict(row.key(), present);
        }
        LOG.info("wrote {} as declared by {}", row.key(), wanted.manager());
        catalog.wrote(row.key(), row);
        return fault;
    }

    private void remove(EntryKey key, String manager) {
        if (table.delete(key, manager)) {
            LOG.info("removed {}, no longer declared by {}", key, manager);
            catalog.wrote(key, null);
        } else {
            catalog.changed(key);
        }
    }

    private @Nullable MirrorRow present(EntryKey key) {
        EntryView entry = catalog.entry(key);
        return entry == null ? null : entry.row();
    }

    private static PolicyFault conflict(EntryKey key, @Nullable MirrorRow present) {
        Object owner = present == null ? null : present.attributes().get(MirrorRow.MANAGED_BY);
        return new PolicyFault(
                PolicyFault.Kind.ROW_CONFLICT,
                "the row " + key
                        + (owner == null
                                ? " is unmanaged: if it has the same destinations, adopt it by "
                                        + Annotations.ADOPT_HINT + "; otherwise remove it"
                                : " is managed by " + owner + ": remove it there, or from this policy"));
    }
}
