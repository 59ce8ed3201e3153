package dev.imagemirror.operator.domain;

/** What is being done about a pair. */
public enum Phase {
    /** Nothing has to be done. */
    IDLE("Idle"),
    /** Something will be done at a known time or when a limit allows. */
    WAITING("Waiting"),
    /** A copy job has been claimed and has not ended. */
    COPYING("Copying"),
    /** Somebody has to do something. */
    BLOCKED("Blocked");

    private final String word;

    Phase(String word) {
        this.word = word;
    }

    /** As in tables, logs and on screens. */
    public String word() {
        return word;
    }
}
