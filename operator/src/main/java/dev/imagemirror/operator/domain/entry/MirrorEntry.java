package dev.imagemirror.operator.domain.entry;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.Pair;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A valid mirror entry: one source and its destinations.
 *
 * @param key the row's key
 * @param source canonical; has a tag or a digest, or neither if tags are selected
 * @param options the row's attributes, including the destinations
 */
public record MirrorEntry(EntryKey key, ImageReference source, EntryOptions options) {
    /** Canonical, distinct, at least one, without digests; a destination without a tag takes the source's. */
    public List<ImageReference> destinations() {
        return options.get(RowAttributes.DESTINATION, List.of());
    }

    /** Which tags of the source repository are mirrored; null for the source alone. */
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
