package dev.imagemirror.operator.testing;

import dev.imagemirror.operator.port.MirrorTable;
import dev.imagemirror.operator.port.RowAdoption;
import dev.imagemirror.operator.port.StatusTable;
import java.util.Map;

class TestingRowAdoptionTest extends RowAdoptionContract {
    private final TestingMirrorTable mirrors = new TestingMirrorTable();
    private final TestingStatusTable statuses = new TestingStatusTable(mirrors);

    @Override
    protected RowAdoption adoption() {
        return new TestingRowAdoption(mirrors, statuses);
    }

    @Override
    protected MirrorTable mirrors() {
        return mirrors;
    }

    @Override
    protected StatusTable statuses() {
        return statuses;
    }

    @Override
    protected void putByHand(String source, Map<String, ?> attributes) {
        mirrors.row(source, attributes);
    }
}
