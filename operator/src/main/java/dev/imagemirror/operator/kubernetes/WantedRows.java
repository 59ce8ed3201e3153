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
 * The rows that a policy shall have.
 *
 * @param manager value of their {@code ManagedBy}
 * @param rows as they shall stand in the mirror table, with what they mean
 * @param faults why there are not more
 * @param mayRemove whether a row of the manager that is not among them shall go; else it stays as it is
 * @param adopts whether rows that nobody manages and that do the same become the policy's
 */
record WantedRows(
        String manager,
        Map<MirrorRow, MirrorEntry> rows,
        List<PolicyFault> faults,
        Predicate<MirrorRow> mayRemove,
        boolean adopts) {

    /** Those of a spec that its namespace may have. */
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

    /** A row that stays because the mirror that it may be of is invalid; it obeys the limits all the same. */
    private static boolean isRefused(NamespaceLimits limits, String namespace, MirrorRow row) {
        MirrorEntry entry = entry(row);
        return entry != null && limits.refuse(namespace, entry) != null;
    }

    /** What a row means; null if it is invalid. */
    static @Nullable MirrorEntry entry(MirrorRow row) {
        return EntryParser.parse(row) instanceof ParsedEntry.Valid valid ? valid.entry() : null;
    }
}
