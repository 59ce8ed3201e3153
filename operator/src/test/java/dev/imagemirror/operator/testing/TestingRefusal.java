package dev.imagemirror.operator.testing;

import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.domain.UnreadableItem;

/** What an entry may have in the status table that nobody works on until a person has seen to it. */
public enum TestingRefusal {
    /** A pair of a newer operator, or whose claim cannot be read. */
    PAIR,
    /** A newer operator's summary. */
    SUMMARY,
    /** Something that is no pair, and may hold a claim. */
    ITEM;

    /** Why. */
    public static final String FAULT = "written by a newer version (schema 3); upgrade this operator";

    /** Puts it into the table, where the pair is. */
    public void in(TestingStatusTable statuses, PairStatus pair) {
        switch (this) {
            case PAIR -> statuses.refuse(pair, FAULT);
            case SUMMARY -> statuses.refuseSummary(pair.entry().text(), FAULT);
            case ITEM -> statuses.spoil(new UnreadableItem(pair.entry(), "x/y:a/b", FAULT, false));
        }
    }
}
