package dev.imagemirror.operator.dynamodb;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.EntryStatus;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.domain.UnreadableItem;
import dev.imagemirror.operator.dynamodb.item.StatusItem;
import dev.imagemirror.operator.dynamodb.item.StatusItemSorter;
import dev.imagemirror.operator.engine.Pause;
import dev.imagemirror.operator.port.ClaimResult;
import dev.imagemirror.operator.port.EntryRecords;
import dev.imagemirror.operator.port.NewerOwnerException;
import dev.imagemirror.operator.port.StatusTable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The status table in DynamoDB, along with the mirror table that claims are checked against. Thread-safe. */
public final class DynamoStatusTable implements StatusTable {
    private static final Logger LOG = LoggerFactory.getLogger(DynamoStatusTable.class);

    private final StatusReads reads;
    private final StatusWrites writes;
    private final ConditionalWriter writer;
    private final ClaimTransaction claims;

    /** Uses the tables of these names. */
    public DynamoStatusTable(
            DynamoDbClient client, String table, String mirrorTable, Pause pause, RandomGenerator random) {
        TableCalls calls = new TableCalls(table, pause, random);
        this.reads = new StatusReads(client, table, calls);
        this.writes = new StatusWrites(table, mirrorTable);
        this.writer = new ConditionalWriter(client, calls);
        this.claims = new ClaimTransaction(writes, writer, this::owner);
    }

    @Override
    public EntryRecords load(EntryKey key) {
        return reads.load(key);
    }

    @Override
    public void scan(Consumer<EntryStatus> entries, Consumer<PairStatus> pairs, Consumer<UnreadableItem> unreadable) {
        reads.scan(entries, pairs, unreadable);
    }

    @Override
    public boolean write(EntryStatus status) {
        return writer.write(writes.summary(status));
    }

    @Override
    public boolean write(PairStatus status) {
        return writer.write(writes.allButTheClaim(status));
    }

    @Override
    public ClaimResult claim(MirrorRow row, List<PairStatus> pairs) {
        return claims.claim(row, pairs);
    }

    @Override
    public boolean change(List<PairStatus> pairs) {
        if (pairs.size() == 1) {
            return writer.write(writes.whole(pairs.get(0)));
        }
        return pairs.isEmpty()
                || writer.write(pairs.stream()
                                .map(writes::whole)
                                .map(StatusWrites::step)
                                .toList())
                        .isEmpty();
    }

    @Override
    public EntryKey own(ImageReference destination, EntryKey key) {
        Owner owner = owner(destination);
        while (owner == null) {
            if (writer.write(writes.owned(destination, key))) {
                return key;
            }
            owner = owner(destination);
        }
        return owner.entry();
    }

    /** Deletes an owner item that names no entry, unless a newer operator wrote it. */
    private @Nullable Owner owner(ImageReference destination) {
        Map<String, AttributeValue> item = reads.item(StatusItem.ownerKey(destination));
        Owner owner = item == null ? null : StatusReads.ownerOf(item);
        if (item != null && owner == null) {
            ConditionalWriter.refuseNewer(item);
            LOG.warn("{} in the status table names no owner; removing it", StatusItem.name(item));
            writer.write(writes.discarded(item));
        }
        return owner;
    }

    @Override
    public Optional<Owner> ownerOf(ImageReference destination) {
        return Optional.ofNullable(owner(destination));
    }

    @Override
    public boolean exchange(ImageReference destination, Owner from, EntryKey to) {
        return writer.write(writes.exchanged(destination, from, to));
    }

    @Override
    public boolean remove(PairStatus status) {
        try {
            return removeAndRelease(status);
        } catch (NewerOwnerException e) {
            LOG.warn("{}", e.getMessage());
            return writer.write(writes.removed(status));
        }
    }

    private boolean removeAndRelease(PairStatus status) {
        List<ConditionalWriter.Failure> failures = writer.write(List.of(
                StatusWrites.step(writes.removed(status)),
                StatusWrites.step(writes.released(status.destination(), status.entry()))));
        boolean ownedByAnother = failures.size() == 1 && failures.get(0).step() == 1;
        return failures.isEmpty() || (ownedByAnother && writer.write(writes.removed(status)));
    }

    @Override
    public boolean discard(UnreadableItem unreadable) {
        Map<String, AttributeValue> item =
                reads.item(StatusItem.key(unreadable.entry().text(), unreadable.name()));
        return item == null || (StatusItemSorter.isRemovable(item) && writer.write(writes.discarded(item)));
    }

    @Override
    public boolean remove(EntryStatus status) {
        return writer.write(writes.removed(status));
    }
}
