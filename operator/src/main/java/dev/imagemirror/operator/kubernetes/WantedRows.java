package dev.imagemirror.operator.kubernetes;

import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.domain.entry.EntryParser;
import dev.imagemirror.operator.domain.entry.MirrorEntry;
import dev.imagemirror.operator.domain.entry.ParsedEntry;
import dev.imagemirror.operator.policy.DeclaredRows;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The rows a policy should have.
 *
 * @param manager their {@code ManagedBy} value
 * @param rows wanted rows with their parsed entries
 * @param faults why rows are left out
 * @param mayRemove whether to delete one of the manager's rows that is not wanted; otherwise it stays unchanged
 * @param adopts whether to adopt equivalent unmanaged rows
 */
record WantedRows(
        String manager,
        Map<MirrorRow, MirrorEntry> rows,
        List<PolicyFault> faults,
        Predicate<MirrorRow> mayRemove,
        boolean adopts) {

    /** The spec's rows that its namespace may declare. */
    static WantedRows of(PolicyName policy, DeclaredRows declared, NamespaceLimits limits, boolean adopts) {
        Map<MirrorRow, MirrorEntry> rows = new LinkedHashMap<>();
        List<PolicyFault> faults = new ArrayList<>();
        declared.errors().forEach(error -> faults.add(new PolicyFault(PolicyFault.Kind.INVALID_SPEC, error)));
        for (MirrorRow row : declared.rows()) {
            MirrorEntry entry = Objects.requireNonNull(entry(row), "declared rows are valid");
            PolicyFault refusal = limits.refuse(policy.namespace(), entry);
            if (refusal == null) {
                rows.put(row, entry);
            } else {
                faults.add(refusal);
            }
        }
        List<EntryKey> refused = declared.rows().stream()
                .filter(row -> !rows.containsKey(row))
                .map(MirrorRow::key)
                .toList();
        Predicate<MirrorRow> mayRemove = row -> refused.contains(row.key())
                || declared.mayRemove(row.key())
                || isRefused(limits, policy.namespace(), row);
        return new WantedRows(policy.manager(), rows, faults, mayRemove, adopts);
    }

    /** A row kept because it may belong to an invalid mirror; the limits apply nonetheless. */
    private static boolean isRefused(NamespaceLimits limits, String namespace, MirrorRow row) {
        MirrorEntry entry = entry(row);
        return entry != null && limits.refuse(namespace, entry) != null;
    }

    /** The parsed entry; null if the row is invalid. */
    static @Nullable MirrorEntry entry(MirrorRow row) {
        return EntryParser.parse(row) instanceof ParsedEntry.Valid valid ? valid.entry() : null;
    }
}
