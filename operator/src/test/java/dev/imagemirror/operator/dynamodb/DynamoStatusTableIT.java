package dev.imagemirror.operator.dynamodb;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.dynamodb.item.StatusItem;
import dev.imagemirror.operator.port.StatusTable;
import dev.imagemirror.operator.testing.StatusTableContract;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;

class DynamoStatusTableIT extends StatusTableContract {
    @AutoClose
    private final LocalDynamo dynamo = new LocalDynamo();

    private final StatusTable table = dynamo.statusTable();

    @Override
    protected StatusTable table() {
        return table;
    }

    @Override
    protected void putByHand(String source, Map<String, ?> attributes) {
        dynamo.putRow(source, attributes);
    }

    @Override
    protected void removeByHand(String source) {
        dynamo.removeRow(source);
    }

    @Override
    protected void ownByNewerOperator(ImageReference destination, EntryKey key) {
        table.own(destination, key);
        dynamo.makeNewer(StatusItem.ownerKey(destination));
    }
}
