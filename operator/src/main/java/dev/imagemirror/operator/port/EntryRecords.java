package dev.imagemirror.operator.port;

import dev.imagemirror.operator.domain.EntryStatus;
import dev.imagemirror.operator.domain.EntryView;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.domain.UnreadableItem;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All status table items of one entry.
 *
 * @param entry its summary; {@link EntryStatus#fresh} if there is none
 * @param pairs one per destination, except refused ones
 * @param refused items that a pass must leave alone
 */
public record EntryRecords(EntryStatus entry, List<PairStatus> pairs, Refused refused) {
    /**
     * Items that are not fully understood and therefore neither processed nor overwritten.
     *
     * @param pairs written by a newer operator, or with an unreadable claim: drift unknown, message says why
     * @param items not even readable as pairs
     * @param summary true if a newer operator wrote the summary; its message says so
     */
    public record Refused(List<PairStatus> pairs, List<UnreadableItem> items, boolean summary) {
        /** None. */
        public static final Refused NONE = new Refused(List.of(), List.of(), false);

        /** Copies the lists. */
        public Refused {
            pairs = List.copyOf(pairs);
            items = List.copyOf(items);
        }

        /** True if there are none. */
        public boolean isEmpty() {
            return equals(NONE);
        }

        /** Items that need user action. */
        public List<UnreadableItem> lasting() {
            return items.stream().filter(item -> !item.removable()).toList();
        }
    }

    /** Copies the list. */
    public EntryRecords {
        pairs = List.copyOf(pairs);
    }

    /** Records without refused items. */
    public EntryRecords(EntryStatus entry, List<PairStatus> pairs) {
        this(entry, pairs, Refused.NONE);
    }

    /** Everything, for display; {@code row} is null if deleted. */
    public EntryView view(@Nullable MirrorRow row) {
        return new EntryView(entry.key(), row, entry, shown(), refused.items());
    }

    /** All pairs, for display. */
    public List<PairStatus> shown() {
        return refused.pairs().isEmpty()
                ? pairs
                : Stream.concat(pairs.stream(), refused.pairs().stream()).toList();
    }
}
