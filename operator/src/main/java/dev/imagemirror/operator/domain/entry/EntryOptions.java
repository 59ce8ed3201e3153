package dev.imagemirror.operator.domain.entry;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How an entry is mirrored.
 *
 * @param interval how often digests are compared; null for the configuration's default
 * @param minAge how long a digest has to be its tag's current one before it is copied; zero for at once
 * @param suspend observe, but submit nothing
 * @param referrers signatures, SBOMs and attestations belong to the image
 * @param expires when the entry ends, if it does
 */
public record EntryOptions(
        @Nullable Duration interval,
        Duration minAge,
        boolean suspend,
        boolean referrers,
        @Nullable Instant expires) {
    /** Nothing special. */
    public static final EntryOptions DEFAULT = new EntryOptions(null, Duration.ZERO, false, false, null);
}
