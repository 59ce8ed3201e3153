package dev.imagemirror.operator.testing;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.port.StatusTable;
import java.util.Map;

/** The contract for tables over the stand-in, which is also changed behind their back. */
public abstract class InMemoryStatusTableContract extends StatusTableContract {
    protected final TestingMirrorTable mirrors = new TestingMirrorTable();
    protected final TestingStatusTable statuses = new TestingStatusTable(mirrors);

    @Override
    protected StatusTable table() {
        return statuses;
    }

    @Override
    protected final void putByHand(String source, Map<String, ?> attributes) {
        mirrors.row(source, attributes);
    }

    @Override
    protected final void removeByHand(String source) {
        mirrors.removeRow(source);
    }

    @Override
    protected final void ownByNewerOperator(ImageReference destination, EntryKey key) {
        table().own(destination, key);
        statuses.refuseOwner(destination);
    }
}
