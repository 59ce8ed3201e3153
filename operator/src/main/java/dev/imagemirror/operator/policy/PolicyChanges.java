package dev.imagemirror.operator.policy;

import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.port.MirrorTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Changes that bring the mirror table in line with policies. */
public final class PolicyChanges {
    /** Kind of change. */
    public enum Kind {
        /** The row is new. */
        ADD,
        /** The row exists but differs. */
        CHANGE,
        /** The row exists but the policy no longer declares it. */
        REMOVE,
        /** The row exists and is equal. */
        KEEP
    }

    /**
     * Change of one row.
     *
     * @param before the current row, if any
     * @param after the wanted row, if any
     */
    public record Change(
            Kind kind,
            EntryKey key,
            String manager,
            @Nullable MirrorRow before,
            @Nullable MirrorRow after) {}

    private final MirrorTable table;

    /** Works on {@code table}. */
    public PolicyChanges(MirrorTable table) {
        this.table = table;
    }

    /**
     * Changes of all rows of some policies.
     *
     * @param changes in policy order
     * @param left file-based managers not among the policies, with their row counts
     */
    public record Comparison(List<Change> changes, Map<String, Integer> left) {}

    /**
     * Compares; leaves rows of other managers and unmanaged rows alone.
     *
     * @param prune also remove rows of file-based policies not among these
     */
    public Comparison compare(Collection<Policy> policies, boolean prune) {
        Map<EntryKey, MirrorRow> rows = new ConcurrentHashMap<>();
        table.scan(row -> rows.put(row.key(), row));
        List<Change> changes = changes(policies, rows);
        Map<String, Integer> left = new TreeMap<>();
        Set<String> managers = policies.stream().map(Policy::manager).collect(Collectors.toSet());
        for (MirrorRow row : new TreeMap<>(rows).values()) {
            if (row.attributes().get(MirrorRow.MANAGED_BY) instanceof String manager
                    && manager.startsWith(PolicyReader.FILE)
                    && !managers.contains(manager)) {
                left.merge(manager, 1, Integer::sum);
                changes.add(new Change(Kind.REMOVE, row.key(), manager, row, null));
            }
        }
        if (!prune) {
            changes.removeIf(change -> left.containsKey(change.manager()));
        }
        return new Comparison(changes, prune ? Map.of() : left);
    }

    private static List<Change> changes(Collection<Policy> policies, Map<EntryKey, MirrorRow> rows) {
        List<Change> changes = new ArrayList<>();
        for (Policy policy : policies) {
            Map<EntryKey, MirrorRow> managed = new HashMap<>();
            rows.values().stream()
                    .filter(row -> policy.manager().equals(row.attributes().get(MirrorRow.MANAGED_BY)))
                    .forEach(row -> managed.put(row.key(), row));
            for (MirrorRow wanted : policy.rows()) {
                changes.add(change(policy, managed.remove(wanted.key()), wanted));
            }
            new TreeMap<>(managed)
                    .forEach((key, row) -> changes.add(new Change(Kind.REMOVE, key, policy.manager(), row, null)));
        }
        return changes;
    }

    /**
     * Applies one change.
     *
     * @return false if another manager owns the row, which was left alone
     */
    public boolean make(Change change) {
        return switch (change.kind()) {
            case KEEP -> true;
            case ADD, CHANGE -> table.put(Objects.requireNonNull(change.after()), change.manager());
            case REMOVE -> table.delete(change.key(), change.manager());
        };
    }

    private static Change change(Policy policy, @Nullable MirrorRow before, MirrorRow wanted) {
        Kind kind = before == null ? Kind.ADD : isEqual(before, wanted) ? Kind.KEEP : Kind.CHANGE;
        return new Change(kind, wanted.key(), policy.manager(), before, wanted);
    }

    /** Compares every attribute: a manually edited row differs even though its revision matches. */
    private static boolean isEqual(MirrorRow before, MirrorRow wanted) {
        return Objects.equals(before.attributes(), wanted.attributes());
    }
}
