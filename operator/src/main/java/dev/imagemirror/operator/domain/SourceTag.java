package dev.imagemirror.operator.domain;

import dev.imagemirror.image.Digest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How long a source tag has pointed to its digest, for {@code MinAge}.
 *
 * @param current the digest at the last observation; null if the tag did not exist
 * @param since start of the uninterrupted run at that digest
 * @param changes digest changes since one was last old enough
 * @param known digests that were old enough or already mirrored, latest first; exempt from waiting again
 */
public record SourceTag(@Nullable Digest current, Instant since, int changes, List<Digest> known) {
    private static final int MAX_KNOWN = 3;

    /** An item of 400 KB with 800 tags has no room for more long digests. */
    private static final int MAX_KNOWN_LONG = 1;

    /** Copies and truncates the list. */
    public SourceTag {
        Objects.requireNonNull(since, "since");
        boolean isLong = Stream.concat(Stream.ofNullable(current), known.stream())
                .anyMatch(digest -> digest.algorithm().equals("sha512"));
        known = List.copyOf(known.subList(0, Math.min(known.size(), isLong ? MAX_KNOWN_LONG : MAX_KNOWN)));
    }

    /** A tag seen for the first time. */
    public static SourceTag first(Digest digest, Instant now) {
        return new SourceTag(digest, now, 0, List.of());
    }

    /** The tag after another observation. */
    public SourceTag seenAt(Digest digest, Instant now) {
        return digest.equals(current) ? this : new SourceTag(digest, now, changes + 1, known);
    }

    /** The tag after it was found missing: any digest it gets next starts over. */
    public SourceTag gone(Instant now) {
        return current == null ? this : new SourceTag(null, now, changes, known);
    }

    /** The tag with its current digest accepted as old enough. */
    public SourceTag accepted() {
        if (current == null || known.contains(current)) {
            return this;
        }
        List<Digest> more = new ArrayList<>(List.of(current));
        more.addAll(known);
        return new SourceTag(current, since, 0, more);
    }

    /** When the current digest may be copied. */
    public Instant ripeAt(Duration minAge) {
        return current != null && known.contains(current) ? since : since.plus(minAge);
    }
}
