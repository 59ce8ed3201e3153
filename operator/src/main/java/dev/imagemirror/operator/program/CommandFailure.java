package dev.imagemirror.operator.program;

/** A command cannot continue; carries its message and exit code. */
public final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;
    private final String[] more;

    /** @param more lines after the message */
    public CommandFailure(int exitCode, String message, String... more) {
        super(message);
        this.exitCode = exitCode;
        this.more = more.clone();
    }

    public String[] more() {
        return more.clone();
    }

    public int exitCode() {
        return exitCode;
    }
}
