package dev.imagemirror.operator.events;

/** A message that is no event, or one of an unknown form; the message says what is wrong with it, in one line. */
public final class UnreadableEventException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableEventException(String message) {
        super(message);
    }
}
