package dev.imagemirror.operator.domain;

import java.util.Locale;

/** How a copy to one destination ended. */
public enum CopyResult {
    /** The destination's tag now has the source's digest. */
    COPIED,
    /** The destination's tag had the source's digest already. */
    PRESENT,
    /** It was not copied. */
    FAILED,
    /** Nobody can say. */
    UNKNOWN;

    /** As in reports, the status table and metrics. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** True if the destination was equal when the copy ended. */
    public boolean isSuccess() {
        return this == COPIED || this == PRESENT;
    }

    /** The result of a recorded outcome, which may go on after the word: {@code failed: AccessDenied}. */
    public static CopyResult of(String outcome) {
        for (CopyResult result : values()) {
            if (outcome.equals(result.word()) || outcome.startsWith(result.word() + ":")) {
                return result;
            }
        }
        return UNKNOWN;
    }
}
