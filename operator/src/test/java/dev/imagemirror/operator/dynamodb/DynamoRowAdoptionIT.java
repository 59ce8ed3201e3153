package dev.imagemirror.operator.dynamodb;

import static dev.imagemirror.operator.testing.TestingValues.full;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.dynamodb.item.MirrorRowMapper;
import dev.imagemirror.operator.dynamodb.item.StatusItem;
import dev.imagemirror.operator.port.MirrorTable;
import dev.imagemirror.operator.port.PortException;
import dev.imagemirror.operator.port.RowAdoption;
import dev.imagemirror.operator.port.StatusTable;
import dev.imagemirror.operator.testing.RowAdoptionContract;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class DynamoRowAdoptionIT extends RowAdoptionContract {
    private static final EntryKey OLD = new EntryKey("a/b");
    private static final EntryKey NEW = EntryKey.owned("docker.io/a/b", "prod/team/b");

    @AutoClose
    private final LocalDynamo dynamo = new LocalDynamo();

    @Override
    protected RowAdoption adoption() {
        return new DynamoRowAdoption(
                dynamo.client(), dynamo.status, dynamo.mirrors, delay -> {}, new SplittableRandom(1));
    }

    @Override
    protected MirrorTable mirrors() {
        return dynamo.mirrorTable();
    }

    @Override
    protected StatusTable statuses() {
        return dynamo.statusTable();
    }

    @Override
    protected void putByHand(String source, Map<String, ?> attributes) {
        dynamo.putRow(source, attributes);
    }

    @Test
    void takesUnknownAttributesAlong() {
        dynamo.putRow(OLD.text(), Map.of(MirrorRow.DESTINATION, "x.example/b", "Comment", "mine"));

        adoption().adopt(mirrors().load(OLD).orElseThrow(), declared());

        assertThat(item(NEW)).containsEntry("Comment", AttributeValue.fromS("mine"));
    }

    @Test
    void touchesAConflictingDeclaredRowSoThatItIsReconciledImmediately() {
        dynamo.putRow(OLD.text(), Map.of(MirrorRow.DESTINATION, "x.example/b"));
        mirrors().put(declared(), "prod/team/b");
        Map<String, AttributeValue> before = item(NEW);

        adoption().adopt(mirrors().load(OLD).orElseThrow(), declared());

        assertThat(item(NEW)).isNotEqualTo(before);
        assertThat(mirrors().load(NEW)).hasValue(declared());
    }

    @Test
    void leavesPairsBeyondTheTransactionLimitBehindWithTheirOwners() {
        dynamo.putRow(OLD.text(), Map.of(MirrorRow.DESTINATION, "x.example/b", "Tags", Map.of()));
        for (int i = 0; i < 60; i++) {
            PairStatus pair = full(OLD.text(), "x.example/b:" + i).withClaim(null);
            statuses().change(List.of(pair));
            statuses().own(pair.destination(), OLD);
        }

        assertThat(adoption().adopt(mirrors().load(OLD).orElseThrow(), declared()))
                .isEqualTo(RowAdoption.Outcome.ADOPTED);

        List<PairStatus> moved = statuses().load(NEW).pairs();
        List<PairStatus> left = statuses().load(OLD).pairs();
        assertThat(moved).hasSizeGreaterThan(30);
        assertThat(moved.size() + left.size()).isEqualTo(60);
        assertThat(moved)
                .allSatisfy(pair -> assertThat(
                                statuses().ownerOf(pair.destination()).map(StatusTable.Owner::entry))
                        .hasValue(NEW));
        assertThat(left)
                .allSatisfy(pair -> assertThat(
                                statuses().ownerOf(pair.destination()).map(StatusTable.Owner::entry))
                        .hasValue(OLD));
    }

    @Test
    void leavesAnOwnerItemOfANewerOperatorAlone() {
        dynamo.putRow(OLD.text(), Map.of(MirrorRow.DESTINATION, "x.example/b"));
        PairStatus pair = full(OLD.text(), "x.example/b:1").withClaim(null);
        statuses().change(List.of(pair));
        statuses().own(pair.destination(), OLD);
        dynamo.makeNewer(StatusItem.ownerKey(pair.destination()));

        assertThatExceptionOfType(PortException.class)
                .isThrownBy(() -> adoption().adopt(mirrors().load(OLD).orElseThrow(), declared()))
                .withMessageContaining("upgrade this operator");

        assertThat(statuses().ownerOf(pair.destination()).map(StatusTable.Owner::entry))
                .hasValue(OLD);
        assertThat(mirrors().load(OLD)).isPresent();
    }

    private Map<String, AttributeValue> item(EntryKey key) {
        return dynamo.client()
                .getItem(get -> get.tableName(dynamo.mirrors).key(MirrorRowMapper.key(key)))
                .item();
    }

    private static MirrorRow declared() {
        return new MirrorRow(
                NEW, Map.of(MirrorRow.DESTINATION, List.of("x.example/b"), MirrorRow.MANAGED_BY, "prod/team/b"));
    }
}
