package dev.imagemirror.operator.app;

/** Exit codes of {@code mirror-operator}, after BSD's sysexits(3) where it has one. */
final class Exit {
    /** Done. */
    static final int OK = 0;
    /** Done, but some entries failed, are blocked or differ. */
    static final int SOME_FAILED = 1;
    /** The command line is wrong. */
    static final int USAGE = 64;
    /** A file's content is wrong. */
    static final int DATA = 65;
    /** A file or an entry does not exist. */
    static final int NOT_FOUND = 66;
    /** A table or queue cannot be reached: try again. */
    static final int UNAVAILABLE = 69;
    /** A fault of this program. */
    static final int INTERNAL = 70;
    /** The answer could not be written. */
    static final int OUTPUT = 74;
    /** The configuration is wrong. */
    static final int CONFIG = 78;
    /** Ended by Ctrl-C; what a shell says of programs that end by SIGINT. */
    static final int INTERRUPTED = 130;
    /** Nobody reads the answer any more; what a shell says of programs that end by SIGPIPE. */
    static final int CLOSED_PIPE = 141;
    /** Ended by SIGTERM. */
    static final int TERMINATED = 143;

    private Exit() {}
}
