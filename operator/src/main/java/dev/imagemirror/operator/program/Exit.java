package dev.imagemirror.operator.program;

/** Exit codes of {@code mirror-operator}, after BSD's sysexits(3) where it has one. */
public final class Exit {
    /** Done. */
    public static final int OK = 0;
    /** Done, but some entries failed, are blocked or differ. */
    public static final int SOME_FAILED = 1;
    /** The command line is wrong. */
    public static final int USAGE = 64;
    /** A file's content is wrong. */
    public static final int DATA = 65;
    /** A file or an entry does not exist. */
    public static final int NOT_FOUND = 66;
    /** A table or queue cannot be reached: try again. */
    public static final int UNAVAILABLE = 69;
    /** A fault of this program. */
    public static final int INTERNAL = 70;
    /** The answer could not be written. */
    public static final int OUTPUT = 74;
    /** The configuration is wrong. */
    public static final int CONFIG = 78;
    /** Ended by Ctrl-C; what a shell says of programs that end by SIGINT. */
    public static final int INTERRUPTED = 130;
    /** Nobody reads the answer any more; what a shell says of programs that end by SIGPIPE. */
    public static final int CLOSED_PIPE = 141;
    /** Ended by SIGTERM. */
    public static final int TERMINATED = 143;

    private Exit() {}
}
