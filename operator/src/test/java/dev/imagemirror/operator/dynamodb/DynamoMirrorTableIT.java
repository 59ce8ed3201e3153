package dev.imagemirror.operator.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.dynamodb.item.MirrorRowMapper;
import dev.imagemirror.operator.port.MirrorTable;
import dev.imagemirror.operator.testing.MirrorTableContract;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class DynamoMirrorTableIT extends MirrorTableContract {
    @AutoClose
    private final LocalDynamo dynamo = new LocalDynamo();

    @Override
    protected MirrorTable table() {
        return dynamo.mirrorTable();
    }

    @Override
    protected void putByHand(String source, Map<String, ?> attributes) {
        dynamo.putRow(source, attributes);
    }

    @Test
    void givesTypesThatNoRowShouldHaveAsTheyAre() {
        Map<String, AttributeValue> odd = Map.of(
                MirrorRow.DESTINATION,
                AttributeValue.fromB(SdkBytes.fromUtf8String("bytes")),
                MirrorRow.EXPIRES,
                AttributeValue.fromNs(List.of("1")),
                "Suspend",
                AttributeValue.fromNul(true));
        dynamo.putRow("a/b:1", odd);

        assertThat(table().load(new EntryKey("a/b:1")).orElseThrow().attributes())
                .isEqualTo(odd);
    }

    @Test
    void keepsUnknownAttributesOfARowThatItPuts() {
        EntryKey key = new EntryKey("a/b:1");
        dynamo.putRow(key.text(), Map.of(MirrorRow.MANAGED_BY, "file/one", "Comment", "mine"));

        table().put(new MirrorRow(key, Map.of(MirrorRow.MANAGED_BY, "file/one")), "file/one");

        Map<String, AttributeValue> item = dynamo.client()
                .getItem(get -> get.tableName(dynamo.mirrors).key(MirrorRowMapper.key(key)))
                .item();
        assertThat(item).containsEntry("Comment", AttributeValue.fromS("mine"));
    }
}
