package dev.imagemirror.operator.app;

/** A command that cannot go on, with what to say and the exit code. */
final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;
    private final String[] more;

    /** @param more lines below the message */
    CommandFailure(int exitCode, String message, String... more) {
        super(message);
        this.exitCode = exitCode;
        this.more = more.clone();
    }

    String[] more() {
        return more.clone();
    }

    int exitCode() {
        return exitCode;
    }
}
