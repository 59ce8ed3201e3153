package dev.imagemirror.operator.dynamodb;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.dynamodb.ConditionalWriter.Failure;
import dev.imagemirror.operator.port.ClaimResult;
import dev.imagemirror.operator.port.StatusTable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * Claims pairs. Steps in order: the row check, the pairs, their owners; cancellation reasons are reported by position.
 * At most 30 pairs make 61 of the 100 items that {@code TransactWriteItems} allows.
 */
final class ClaimTransaction {
    private final StatusWrites writes;
    private final ConditionalWriter writer;
    private final Function<ImageReference, StatusTable.@Nullable Owner> owners;

    /** @param owners looks up a destination's owner */
    ClaimTransaction(
            StatusWrites writes,
            ConditionalWriter writer,
            Function<ImageReference, StatusTable.@Nullable Owner> owners) {
        this.writes = writes;
        this.writer = writer;
        this.owners = owners;
    }

    ClaimResult claim(MirrorRow row, List<PairStatus> pairs) {
        List<TransactWriteItem> steps = new ArrayList<>();
        steps.add(StatusWrites.step(writes.unchanged(row)));
        pairs.forEach(pair -> steps.add(StatusWrites.step(writes.claimed(pair))));
        pairs.forEach(pair -> steps.add(StatusWrites.step(writes.owned(pair.destination(), row.key()))));
        List<Failure> failures = writer.write(steps);
        if (failures.isEmpty()) {
            return new ClaimResult.Claimed();
        }
        Failure first = failures.get(0);
        int position = first.step() - 1 - pairs.size();
        return position < 0
                ? new ClaimResult.Changed()
                : owned(pairs.get(position).destination(), first);
    }

    private ClaimResult owned(ImageReference destination, Failure failure) {
        StatusTable.Owner told = failure.item().isEmpty() ? null : StatusReads.ownerOf(failure.item());
        StatusTable.Owner owner = told != null ? told : owners.apply(destination);
        return owner == null ? new ClaimResult.Changed() : new ClaimResult.Owned(destination, owner.entry());
    }
}
