package dev.imagemirror.operator.events;

/** A message is not an event, or one of an unknown form; the message says why, in one line. */
public final class UnreadableEventException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableEventException(String message) {
        super(message);
    }
}
