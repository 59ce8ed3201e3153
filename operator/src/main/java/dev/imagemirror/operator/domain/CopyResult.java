package dev.imagemirror.operator.domain;

import java.util.Locale;

/** How a copy to one destination ended. */
public enum CopyResult {
    /** The destination's tag now points to the source's digest. */
    COPIED,
    /** The destination's tag already pointed to the source's digest. */
    PRESENT,
    /** The copy failed. */
    FAILED,
    /** The outcome is unknown. */
    UNKNOWN;

    /** The word used in reports, the status table and metrics. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** True if the destination matched the source when the copy ended. */
    public boolean isSuccess() {
        return this == COPIED || this == PRESENT;
    }

    /** Parses a recorded outcome, which may carry a suffix: {@code failed: AccessDenied}. */
    public static CopyResult of(String outcome) {
        for (CopyResult result : values()) {
            if (outcome.equals(result.word()) || outcome.startsWith(result.word() + ":")) {
                return result;
            }
        }
        return UNKNOWN;
    }
}
