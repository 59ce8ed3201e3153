package dev.imagemirror.operator.dynamodb;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.domain.entry.RowAttributes;
import dev.imagemirror.operator.dynamodb.item.MirrorRowMapper;
import dev.imagemirror.operator.engine.Pause;
import dev.imagemirror.operator.port.EntryRecords;
import dev.imagemirror.operator.port.PortException;
import dev.imagemirror.operator.port.RowAdoption;
import dev.imagemirror.operator.port.StatusTable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** Adoption in DynamoDB, by {@code TransactWriteItems} across both tables. Thread-safe. */
public final class DynamoRowAdoption implements RowAdoption {
    private final DynamoDbClient client;
    private final AdoptionWrites writes;
    private final StatusReads statuses;
    private final TableCalls calls;
    private final ConditionalWriter writer;

    /** Uses the tables of these names. */
    public DynamoRowAdoption(
            DynamoDbClient client, String statusTable, String mirrorTable, Pause pause, RandomGenerator random) {
        this.client = client;
        this.writes = new AdoptionWrites(mirrorTable, new StatusWrites(statusTable, mirrorTable));
        this.calls = new TableCalls(mirrorTable, pause, random);
        this.statuses = new StatusReads(client, statusTable, new TableCalls(statusTable, pause, random));
        this.writer = new ConditionalWriter(client, calls);
    }

    @Override
    public Outcome adopt(MirrorRow unowned, MirrorRow declared) {
        if (unowned.key().equals(declared.key())) {
            return outcome(List.of(writes.inPlace(unowned, declared)));
        }
        EntryRecords before = statuses.load(unowned.key());
        if (!before.refused().isEmpty()) {
            throw new PortException(
                    unowned.key() + " has items in the status table that cannot be moved: " + before.refused(), null);
        }
        if (before.pairs().stream().anyMatch(pair -> pair.claim() != null)) {
            return Outcome.COPYING;
        }
        AdoptionSteps steps = new AdoptionSteps(writes, unowned, declared);
        steps.row(unknownAttributes(unowned));
        EntryRecords there = statuses.load(declared.key());
        steps.summary(before.entry(), there.entry());
        steps.pairs(before.pairs(), there.pairs(), this::owner);
        return outcome(steps.steps());
    }

    private @Nullable EntryKey owner(ImageReference destination) {
        StatusTable.Owner owner = statuses.owner(destination);
        return owner == null ? null : owner.entry();
    }

    private Outcome outcome(List<TransactWriteItem> steps) {
        return writer.write(steps).isEmpty() ? Outcome.ADOPTED : Outcome.CHANGED;
    }

    /** The row's unknown attributes move along. */
    private Map<String, AttributeValue> unknownAttributes(MirrorRow row) {
        GetItemRequest request = GetItemRequest.builder()
                .tableName(writes.mirrorTable())
                .key(MirrorRowMapper.key(row.key()))
                .consistentRead(true)
                .build();
        Map<String, AttributeValue> item =
                new HashMap<>(calls.call(() -> client.getItem(request)).item());
        item.keySet().removeAll(RowAttributes.NAMES);
        item.remove(MirrorRowMapper.SOURCE);
        return item;
    }
}
