package dev.imagemirror.copy;

import java.util.Locale;

/** How one destination ended. */
public enum Outcome {
    /** Its tag now has the source's digest. */
    COPIED,
    /** Its tag had the source's digest already. */
    PRESENT,
    /** A dry run found that it would be copied. */
    PLANNED,
    /** It was not copied; the report says why. */
    FAILED;

    /** The word in reports. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
