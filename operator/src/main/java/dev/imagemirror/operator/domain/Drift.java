package dev.imagemirror.operator.domain;

/** Observed drift of a pair. */
public enum Drift {
    /** Digests match, as do referrers where the entry includes them. */
    IN_SYNC("InSync"),
    /** The destination tag does not exist. */
    MISSING("Missing"),
    /** The destination's digest differs, or referrers are missing. */
    STALE("Stale"),
    /** One side could not be checked; never triggers a copy. */
    UNKNOWN("Unknown");

    private final String word;

    Drift(String word) {
        this.word = word;
    }

    /** The word shown in tables, logs and UIs. */
    public String word() {
        return word;
    }

    /** True if a copy would fix it. */
    public boolean wantsCopy() {
        return this == MISSING || this == STALE;
    }
}
