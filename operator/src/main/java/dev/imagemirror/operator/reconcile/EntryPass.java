package dev.imagemirror.operator.reconcile;

import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.engine.ReconcileResult;

/** One pass over one entry, step by step. Thread-safe: a pass keeps its findings in its {@link PassState}. */
final class EntryPass {
    private final RowLoader rows;
    private final NoMirrorPasses others;
    private final RegistryStep registries;
    private final JobStep jobs;
    private final DecisionStep decisions;
    private final RecordStep records;

    EntryPass(
            RowLoader rows,
            NoMirrorPasses others,
            RegistryStep registries,
            JobStep jobs,
            DecisionStep decisions,
            RecordStep records) {
        this.rows = rows;
        this.others = others;
        this.registries = registries;
        this.jobs = jobs;
        this.decisions = decisions;
        this.records = records;
    }

    /**
     * Passes over rows that cannot be mirrored.
     *
     * @param retirement of entries whose rows are gone
     * @param invalid over invalid rows
     */
    record NoMirrorPasses(Retirement retirement, InvalidPass invalid) {}

    ReconcileResult run(EntryKey key, ReconcileHints.Hint hint) {
        LoadedRow loaded = rows.load(key);
        ValidatedRow validated = rows.validate(loaded);
        return validated.fold(gone -> others.retirement().retire(gone.records()), others.invalid()::run, valid -> {
            PassState pass = new PassState(valid, hint);
            registries.expand(pass);
            jobs.follow(pass);
            registries.observe(pass);
            decisions.decide(pass);
            jobs.copy(pass);
            records.record(pass);
            return records.requeue(pass);
        });
    }
}
