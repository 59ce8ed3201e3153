package dev.imagemirror.operator.reconcile;

import org.junit.jupiter.api.Test;

class FirstFillTest {
    @Test
    void newRowsOfOneRegistryKeepToTheLimitsAndAllEndInSync() {
        new FirstFill(500).run();
    }
}
