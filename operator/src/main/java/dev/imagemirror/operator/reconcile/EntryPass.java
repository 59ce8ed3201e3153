package dev.imagemirror.operator.reconcile;

import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.engine.ReconcileResult;

/** One pass over one entry, step by step. Thread-safe: what a pass finds is in its {@link PassState}. */
final class EntryPass {
    private final RowLoader rows;
    private final UnmirroredPass unmirrored;
    private final RegistryStep registries;
    private final JobStep jobs;
    private final DecisionStep decisions;
    private final RecordStep records;

    EntryPass(
            RowLoader rows,
            UnmirroredPass unmirrored,
            RegistryStep registries,
            JobStep jobs,
            DecisionStep decisions,
            RecordStep records) {
        this.rows = rows;
        this.unmirrored = unmirrored;
        this.registries = registries;
        this.jobs = jobs;
        this.decisions = decisions;
        this.records = records;
    }

    ReconcileResult run(EntryKey key, ReconcileHints.Nudge nudge) {
        LoadedRow loaded = rows.load(key);
        LoadedRow validated = rows.validate(loaded);
        if (!(validated instanceof LoadedRow.Valid valid)) {
            return unmirrored.run(validated);
        }
        PassState pass = new PassState(valid, nudge);
        registries.expand(pass);
        jobs.follow(pass);
        registries.observe(pass);
        decisions.decide(pass);
        jobs.copy(pass);
        records.record(pass);
        return records.requeue(pass);
    }
}
