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
 * How long a source tag has had its digest, for {@code MinAge}.
 *
 * @param current the digest at the last observation; null if the tag did not exist then
 * @param since when the tag was first seen at it without a break
 * @param changes how often the digest changed since one was old enough
 * @param known digests that were old enough or mirrored once, the latest first; they do not wait again
 */
public record SourceTag(@Nullable Digest current, Instant since, int changes, List<Digest> known) {
    private static final int MAX_KNOWN = 3;

    /** With 800 tags an item of 400 KB has no room for more long ones. */
    private static final int MAX_KNOWN_LONG = 1;

    /** Copies the list and cuts it. */
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

    /** The tag after it was seen not to exist: whatever digest it has next begins anew. */
    public SourceTag gone(Instant now) {
        return current == null ? this : new SourceTag(null, now, changes, known);
    }

    /** The tag, its present digest being old enough. */
    public SourceTag accepted() {
        if (current == null || known.contains(current)) {
            return this;
        }
        List<Digest> more = new ArrayList<>(List.of(current));
        more.addAll(known);
        return new SourceTag(current, since, 0, more);
    }

    /** When the present digest may be copied. */
    public Instant ripeAt(Duration minAge) {
        return current != null && known.contains(current) ? since : since.plus(minAge);
    }
}
