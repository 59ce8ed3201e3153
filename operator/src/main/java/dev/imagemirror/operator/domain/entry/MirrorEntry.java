package dev.imagemirror.operator.domain.entry;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.Pair;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A mirror entry that can be worked on: one source and where it belongs.
 *
 * @param key the row's key
 * @param source canonical; with a tag or a digest, or with neither if there is a selection of tags
 * @param options what its attributes say, the destinations among them
 */
public record MirrorEntry(EntryKey key, ImageReference source, EntryOptions options) {
    /** Canonical, distinct, at least one, without digests; one without a tag takes the source's. */
    public List<ImageReference> destinations() {
        return options.get(RowAttributes.DESTINATION, List.of());
    }

    /** Which tags of the source's repository are mirrored; null for the source alone. */
    public @Nullable TagSelection tags() {
        return options.find(RowAttributes.TAGS).orElse(null);
    }

    /** The pairs of one source tag, or of the source itself if {@code tag} is null. */
    public List<Pair> pairs(@Nullable String tag) {
        ImageReference from = tag == null ? source : source.withTag(tag);
        return destinations().stream()
                .map(to -> new Pair(from, to.tag() == null ? to.withTag(from.tag()) : to))
                .toList();
    }
}
