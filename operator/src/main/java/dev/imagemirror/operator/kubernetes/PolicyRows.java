package dev.imagemirror.operator.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.imagemirror.crds.DeletionPolicy;
import dev.imagemirror.crds.MirrorPolicy;
import dev.imagemirror.operator.catalog.EntryCatalog;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.EntryView;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.policy.DeclaredRows;
import dev.imagemirror.operator.policy.PolicyReader;
import dev.imagemirror.operator.port.PortException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Syncs, inspects and releases the rows of policies. Thread-safe for different policies. */
final class PolicyRows {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final EntryCatalog catalog;
    private final RowIndex index;
    private final RowSync sync;
    private final SyncRequests requests;
    private final NamespaceLimits limits;

    PolicyRows(EntryCatalog catalog, RowIndex index, RowSync sync, SyncRequests requests, NamespaceLimits limits) {
        this.catalog = catalog;
        this.index = index;
        this.sync = sync;
        this.requests = requests;
        this.limits = limits;
    }

    /**
     * Result of a pass.
     *
     * @param overview what is known about the rows
     * @param faults why they do not match the spec
     */
    record Found(PolicyOverview overview, List<PolicyFault> faults) {}

    /**
     * Syncs the rows with the spec and summarizes their state.
     *
     * @throws PortException if a table is unreachable; the next pass writes the rest
     */
    Found reconcile(PolicyName name, MirrorPolicy policy) {
        requireTables();
        DeclaredRows declared = PolicyReader.readSpec(name.manager(), spec(policy));
        boolean adopts = Annotations.adopts(policy.getMetadata().getAnnotations());
        WantedRows wanted = WantedRows.of(name, declared, limits, adopts);
        List<PolicyFault> faults = new ArrayList<>(wanted.faults());
        faults.addAll(sync.sync(wanted));
        List<MirrorRow> rows = index.managedBy(name.manager());
        requests.make(name.manager(), Annotations.syncNow(policy.getMetadata().getAnnotations()), rows);
        return new Found(PolicyOverview.of(views(wanted, rows)), faults);
    }

    /**
     * Deletes or releases the rows, as the policy specifies.
     *
     * @throws PortException if a table is unreachable
     */
    void letGo(PolicyName name, MirrorPolicy policy) {
        requireTables();
        boolean orphans = policy.getSpec() != null && policy.getSpec().deletionPolicy() == DeletionPolicy.ORPHAN;
        Set<EntryKey> declared = PolicyReader.readSpec(name.manager(), spec(policy)).rows().stream()
                .map(MirrorRow::key)
                .collect(Collectors.toSet());
        if (orphans) {
            sync.releaseAll(name.manager(), declared);
        } else {
            sync.removeAll(name.manager(), declared);
        }
        requests.forget(name.manager());
    }

    /** The wanted rows, existing or not, and those kept because their mirror is invalid. */
    private List<EntryView> views(WantedRows wanted, List<MirrorRow> rows) {
        Set<MirrorRow> all = new LinkedHashSet<>(rows);
        all.addAll(wanted.rows().keySet());
        return all.stream()
                .map(MirrorRow::key)
                .distinct()
                .map(catalog::entry)
                .filter(Objects::nonNull)
                .filter(entry -> entry.row() != null
                        && wanted.manager().equals(entry.row().attributes().get(MirrorRow.MANAGED_BY)))
                .toList();
    }

    /** The in-memory catalog must be current: rows it does not know of would be left behind. */
    private void requireTables() {
        String failure = catalog.isListed() ? catalog.failure() : "tables not read yet";
        if (failure != null) {
            throw new PortException(failure, null);
        }
    }

    private static JsonNode spec(MirrorPolicy policy) {
        return policy.getSpec() == null ? JSON.createObjectNode() : JSON.valueToTree(policy.getSpec());
    }
}
