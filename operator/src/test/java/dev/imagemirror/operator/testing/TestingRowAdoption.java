package dev.imagemirror.operator.testing;

import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.port.RowAdoption;

/** Adoption over tables in memory. */
public final class TestingRowAdoption implements RowAdoption {
    private final TestingMirrorTable mirrors;
    private final TestingStatusTable statuses;

    /** Of rows of these tables. */
    public TestingRowAdoption(TestingMirrorTable mirrors, TestingStatusTable statuses) {
        this.mirrors = mirrors;
        this.statuses = statuses;
    }

    @Override
    public Outcome adopt(MirrorRow unowned, MirrorRow declared) {
        synchronized (statuses) {
            boolean moves = !unowned.key().equals(declared.key());
            if (moves && statuses.isCopying(unowned.key())) {
                return Outcome.COPYING;
            }
            MirrorRow there = moves ? mirrors.row(declared.key().text()) : null;
            Object manager = declared.attributes().get(MirrorRow.MANAGED_BY);
            boolean isFree = there == null || manager.equals(there.attributes().get(MirrorRow.MANAGED_BY));
            if (!unowned.equals(mirrors.row(unowned.key().text())) || !isFree) {
                return Outcome.CHANGED;
            }
            if (moves) {
                statuses.keepNewerOwners(unowned.key());
            }
            mirrors.removeRow(unowned.key().text());
            mirrors.row(declared.key().text(), declared.attributes());
            if (moves) {
                statuses.move(unowned.key(), declared.key());
            }
            return Outcome.ADOPTED;
        }
    }
}
