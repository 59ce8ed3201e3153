package dev.imagemirror.operator.program;

/** Exit codes of {@code mirror-operator}, from BSD's sysexits(3) where applicable. */
public final class Exit {
    /** Success. */
    public static final int OK = 0;
    /** Completed, but some entries failed, are blocked or differ. */
    public static final int SOME_FAILED = 1;
    /** Invalid command line. */
    public static final int USAGE = 64;
    /** Invalid file content. */
    public static final int DATA = 65;
    /** A file or an entry does not exist. */
    public static final int NOT_FOUND = 66;
    /** A table or queue is unreachable; retry. */
    public static final int UNAVAILABLE = 69;
    /** Internal error. */
    public static final int INTERNAL = 70;
    /** The output could not be written. */
    public static final int OUTPUT = 74;
    /** Invalid configuration. */
    public static final int CONFIG = 78;
    /** Ended by Ctrl-C; the shell's code for SIGINT. */
    public static final int INTERRUPTED = 130;
    /** The reader of the output has gone; the shell's code for SIGPIPE. */
    public static final int CLOSED_PIPE = 141;
    /** Ended by SIGTERM. */
    public static final int TERMINATED = 143;

    private Exit() {}
}
