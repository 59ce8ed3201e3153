package dev.imagemirror.worker;

import dev.imagemirror.copy.CopyReport;
import dev.imagemirror.copy.DestinationReport;
import dev.imagemirror.registry.model.ErrorKind;
import java.util.List;

/** Exit codes of {@code mirror}, after BSD's sysexits(3). */
public final class ExitCode {
    /** Every destination equals the source. */
    public static final int OK = 0;
    /** The command line is wrong. */
    public static final int USAGE = 64;
    /** A reference is malformed, or the image is incomplete or violates the specification. */
    public static final int INVALID = 65;
    /** The source does not exist, or cannot be read. */
    public static final int SOURCE_NOT_FOUND = 66;
    /** A temporary failure, worth retrying. */
    public static final int TEMPORARY = 69;
    /** Internal error. */
    public static final int INTERNAL = 70;
    /** A destination refuses permanently. */
    public static final int REFUSED = 73;
    /** Access denied, by a registry or by the address rule. */
    public static final int ACCESS_DENIED = 77;

    /** Which code wins when destinations failed in different ways. */
    private static final List<Integer> PRECEDENCE =
            List.of(TEMPORARY, INTERNAL, ACCESS_DENIED, REFUSED, SOURCE_NOT_FOUND, INVALID);

    private ExitCode() {}

    static int of(CopyReport report) {
        return PRECEDENCE.stream()
                .filter(code -> report.destinations().stream()
                        .map(DestinationReport::errorKind)
                        .anyMatch(kind -> kind != null && of(kind) == code))
                .findFirst()
                .orElse(OK);
    }

    static int of(ErrorKind kind) {
        return switch (kind) {
            case TEMPORARY -> TEMPORARY;
            case ACCESS_DENIED, NOT_ALLOWED, SOURCE_NOT_ALLOWED, DESTINATION_NOT_ALLOWED -> ACCESS_DENIED;
            case SOURCE_NOT_FOUND, SOURCE_REFUSED -> SOURCE_NOT_FOUND;
            case NOT_FOUND, REPOSITORY_NOT_FOUND, IMMUTABLE_TAG, REFUSED -> REFUSED;
            case INVALID_IMAGE, INCOMPLETE_SOURCE -> INVALID;
            case INTERNAL -> INTERNAL;
        };
    }
}
