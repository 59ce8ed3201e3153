package dev.imagemirror.operator.testing;

import dev.imagemirror.operator.port.MirrorTable;
import java.util.Map;

/** The stand-in does what the real one does. */
class TestingMirrorTableTest extends MirrorTableContract {
    private final TestingMirrorTable table = new TestingMirrorTable();

    @Override
    protected MirrorTable table() {
        return table;
    }

    @Override
    protected void putByHand(String source, Map<String, ?> attributes) {
        table.row(source, attributes);
    }
}
