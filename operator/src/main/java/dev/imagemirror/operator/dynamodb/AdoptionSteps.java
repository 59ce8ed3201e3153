package dev.imagemirror.operator.dynamodb;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.EntryStatus;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.dynamodb.item.MirrorRowMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * The steps of adopting a row under another key. {@code TransactWriteItems} allows 100: pairs that do not fit stay
 * behind and are cleaned up like any pair whose row is gone, which frees their destinations for the new row.
 */
final class AdoptionSteps {
    private static final int MAX_STEPS = 100;
    private static final int STEPS_OF_A_PAIR = 3;

    private final AdoptionWrites writes;
    private final MirrorRow unowned;
    private final MirrorRow declared;
    private final List<TransactWriteItem> steps = new ArrayList<>();

    AdoptionSteps(AdoptionWrites writes, MirrorRow unowned, MirrorRow declared) {
        this.writes = writes;
        this.unowned = unowned;
        this.declared = declared;
    }

    List<TransactWriteItem> steps() {
        return steps;
    }

    /**
     * Moves the row and requests a pass: if an identical declared row already existed, in conflict with the unowned
     * one, the stream would report no change and the conflict would last until the row's next scheduled pass.
     */
    void row(Map<String, AttributeValue> unknownAttributes) {
        Map<String, AttributeValue> more = new HashMap<>(unknownAttributes);
        more.put(MirrorRowMapper.SYNC_REQUEST, AttributeValue.fromS("adopted from " + unowned.key()));
        steps.add(writes.removedRow(unowned));
        steps.add(writes.declaredRow(declared, more));
    }

    /** Moves the summary, unless the new row already has one. */
    void summary(EntryStatus before, EntryStatus there) {
        if (before.version() == 0) {
            return;
        }
        steps.add(StatusWrites.step(writes.statuses().removed(before)));
        if (there.version() == 0) {
            EntryStatus moved =
                    new EntryStatus(declared.key(), before.summary(), before.tags(), before.observedAt(), 0);
            steps.add(StatusWrites.step(writes.statuses().summary(moved)));
        }
    }

    /**
     * Moves pairs along with their destinations' owner items.
     *
     * @param owner looks up a destination's owner
     */
    void pairs(List<PairStatus> pairs, List<PairStatus> there, Function<ImageReference, @Nullable EntryKey> owner) {
        Set<ImageReference> known = there.stream().map(PairStatus::identity).collect(Collectors.toSet());
        Set<ImageReference> identities = new HashSet<>();
        for (PairStatus pair : pairs) {
            if (steps.size() + STEPS_OF_A_PAIR > MAX_STEPS) {
                return;
            }
            steps.add(StatusWrites.step(writes.statuses().removed(pair)));
            if (!known.contains(pair.identity())) {
                steps.add(StatusWrites.step(writes.statuses().whole(moved(pair))));
            }
            EntryKey holder = owner.apply(pair.destination());
            boolean isOurs = holder == null || holder.equals(unowned.key());
            if (isOurs && identities.add(pair.identity())) {
                steps.add(writes.movedOwner(pair.destination(), unowned.key(), declared.key()));
            }
        }
    }

    private PairStatus moved(PairStatus pair) {
        return new PairStatus(declared.key(), pair.pair(), pair.state(), pair.seen(), pair.times(), pair.progress(), 0);
    }
}
