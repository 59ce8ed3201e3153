package dev.imagemirror.operator.reconcile;

import dev.imagemirror.operator.engine.ReconcileResult;

/** A pass over a row from which nothing can be mirrored: it is gone, or cannot be understood. */
final class UnmirroredPass {
    private final Retirement retirement;
    private final InvalidPass invalid;

    UnmirroredPass(Retirement retirement, InvalidPass invalid) {
        this.retirement = retirement;
        this.invalid = invalid;
    }

    ReconcileResult run(LoadedRow row) {
        return row instanceof LoadedRow.Gone gone
                ? retirement.retire(gone.records())
                : invalid.run((LoadedRow.Invalid) row);
    }
}
