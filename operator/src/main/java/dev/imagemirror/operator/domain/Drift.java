package dev.imagemirror.operator.domain;

/** Drift of a pair, as observed. */
public enum Drift {
    /** Equal digests, and equal referrers where they belong to the image. */
    IN_SYNC("InSync"),
    /** The destination has no such tag. */
    MISSING("Missing"),
    /** The destination has another digest, or lacks referrers. */
    STALE("Stale"),
    /** One side could not be checked; never triggers a copy. */
    UNKNOWN("Unknown");

    private final String word;

    Drift(String word) {
        this.word = word;
    }

    /** As in tables, logs and on screens. */
    public String word() {
        return word;
    }

    /** True if a copy would fix it. */
    public boolean wantsCopy() {
        return this == MISSING || this == STALE;
    }
}
