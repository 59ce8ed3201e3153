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
 * Everything that the status table has of one entry.
 *
 * @param entry its summary; {@link EntryStatus#fresh} if there is none
 * @param pairs one a destination, without those that are refused
 * @param refused what a pass has to leave alone
 */
public record EntryRecords(EntryStatus entry, List<PairStatus> pairs, Refused refused) {
    /**
     * What cannot be fully understood, and is neither worked on nor overwritten.
     *
     * @param pairs of a newer operator, or with a claim that cannot be read: their drift is unknown, their message says why
     * @param items that cannot even be shown as pairs
     * @param summary true if a newer operator wrote the summary; its message says so
     */
    public record Refused(List<PairStatus> pairs, List<UnreadableItem> items, boolean summary) {
        /** Nothing. */
        public static final Refused NONE = new Refused(List.of(), List.of(), false);

        /** Copies the lists. */
        public Refused {
            pairs = List.copyOf(pairs);
            items = List.copyOf(items);
        }

        /** True if there is nothing. */
        public boolean isEmpty() {
            return equals(NONE);
        }

        /** Those that a person has to look at. */
        public List<UnreadableItem> lasting() {
            return items.stream().filter(item -> !item.removable()).toList();
        }
    }

    /** Copies the list. */
    public EntryRecords {
        pairs = List.copyOf(pairs);
    }

    /** With nothing that is refused. */
    public EntryRecords(EntryStatus entry, List<PairStatus> pairs) {
        this(entry, pairs, Refused.NONE);
    }

    /** Everything, for those who show it; {@code row} is null if it is gone. */
    public EntryView view(@Nullable MirrorRow row) {
        return new EntryView(entry.key(), row, entry, shown(), refused.items());
    }

    /** All pairs, for those who show them. */
    public List<PairStatus> shown() {
        return refused.pairs().isEmpty()
                ? pairs
                : Stream.concat(pairs.stream(), refused.pairs().stream()).toList();
    }
}
