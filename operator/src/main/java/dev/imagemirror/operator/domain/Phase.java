package dev.imagemirror.operator.domain;

/** What is being done about a pair. */
public enum Phase {
    /** Nothing to do. */
    IDLE("Idle"),
    /** Work resumes at a known time or when a limit allows. */
    WAITING("Waiting"),
    /** A copy job is claimed and has not ended. */
    COPYING("Copying"),
    /** Needs user action. */
    BLOCKED("Blocked");

    private final String word;

    Phase(String word) {
        this.word = word;
    }

    /** The word shown in tables, logs and UIs. */
    public String word() {
        return word;
    }
}
