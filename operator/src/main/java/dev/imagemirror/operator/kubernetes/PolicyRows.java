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

/** The rows of policies: made equal to the spec, looked at, and let go of. Thread-safe for different policies. */
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
     * What a pass found.
     *
     * @param overview what is known of the rows
     * @param faults what keeps them from being as declared
     */
    record Found(PolicyOverview overview, List<PolicyFault> faults) {}

    /**
     * Makes the rows equal to the spec, and looks at what is known of them.
     *
     * @throws PortException if a table is out of reach; what was not written is written the next time
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
     * Removes the rows or lets them live on, as the policy says.
     *
     * @throws PortException if a table is out of reach
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

    /** Those wanted, there or not, and those that stay because their mirror is invalid. */
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

    /** What is in memory has to be what is in the tables: else rows of which it does not know would stay. */
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
