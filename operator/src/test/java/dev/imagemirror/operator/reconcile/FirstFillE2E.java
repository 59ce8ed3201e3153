package dev.imagemirror.operator.reconcile;

import org.junit.jupiter.api.Test;

/** The size at which what grows faster than the table is felt. */
class FirstFillE2E {
    @Test
    void fiveThousandNewRowsOfOneRegistryKeepToTheLimitsAndAllEndInSync() {
        new FirstFill(5_000).run();
    }
}
