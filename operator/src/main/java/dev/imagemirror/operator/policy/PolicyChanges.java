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

/** What has to be done to the mirror table so that it says what policies say. */
public final class PolicyChanges {
    /** What becomes of a row. */
    public enum Kind {
        /** It is new. */
        ADD,
        /** It is there and differs. */
        CHANGE,
        /** It is there and the policy no longer has it. */
        REMOVE,
        /** It is there and equal. */
        KEEP
    }

    /**
     * One row.
     *
     * @param before as it stands, if it does
     * @param after as it should, if it should
     */
    public record Change(
            Kind kind,
            EntryKey key,
            String manager,
            @Nullable MirrorRow before,
            @Nullable MirrorRow after) {}

    private final MirrorTable table;

    /** Changes of {@code table}. */
    public PolicyChanges(MirrorTable table) {
        this.table = table;
    }

    /**
     * Changes of all rows of some policies.
     *
     * @param changes in the order of the policies
     * @param left managers of rows that came from files, none of which is among the policies, with how many they have
     */
    public record Comparison(List<Change> changes, Map<String, Integer> left) {}

    /**
     * Compares; rows of other managers and rows made by hand are left alone.
     *
     * @param prune rows of policies that came from files and are not among these are removed
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
     * Makes one change.
     *
     * @return false if somebody else has the row, which was left alone
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

    /** By every attribute: a row that was edited by hand differs though its revision is the same. */
    private static boolean isEqual(MirrorRow before, MirrorRow wanted) {
        return Objects.equals(before.attributes(), wanted.attributes());
    }
}
