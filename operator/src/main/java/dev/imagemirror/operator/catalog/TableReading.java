package dev.imagemirror.operator.catalog;

import dev.imagemirror.operator.domain.EntryStatus;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.domain.UnreadableItem;

/** Receives what one listing of both tables reads. Thread-safe: called by several threads at once. */
public interface TableReading {
    /** Ignores everything. */
    TableReading NONE = new TableReading() {
        @Override
        public void row(MirrorRow row) {}

        @Override
        public void summary(EntryStatus summary) {}

        @Override
        public void pair(PairStatus pair) {}

        @Override
        public void unreadable(UnreadableItem item) {}

        @Override
        public void end() {}
    };

    /** One row of the mirror table. */
    void row(MirrorRow row);

    /** One entry's summary in the status table. */
    void summary(EntryStatus summary);

    /** One pair of the status table. */
    void pair(PairStatus pair);

    /** One unreadable item of the status table. */
    void unreadable(UnreadableItem item);

    /** Both tables were read completely; never called if the listing fails. */
    void end();
}
