package dev.imagemirror.operator.reconcile;

import dev.imagemirror.image.Digest;
import dev.imagemirror.operator.domain.Pair;
import dev.imagemirror.operator.domain.Resolution;
import dev.imagemirror.operator.domain.SourceTag;
import dev.imagemirror.operator.domain.decision.Observation;
import dev.imagemirror.operator.domain.entry.MirrorEntry;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How long each source tag of an entry has had its digest, for {@code MinAge}. Used by one pass. */
final class TagAges {
    private final MirrorEntry entry;
    private final Map<String, SourceTag> before;
    private final Map<String, SourceTag> tags;
    private final Instant now;

    /** @param before as the last pass left them, by tag name */
    TagAges(MirrorEntry entry, Map<String, SourceTag> before, Instant now) {
        this.entry = entry;
        this.before = before;
        this.tags = new HashMap<>(before);
        this.now = now;
    }

    /** Records the observation of the pair's source. */
    void see(Pair pair, Observation seen) {
        String name = pair.source().tag();
        if (entry.options().minAge().isZero() || pair.source().digest() != null) {
            return;
        }
        Digest digest = seen.sourceDigest();
        if (digest == null) {
            boolean isGone = seen.source() instanceof Resolution.Missing
                    || seen.source() instanceof Resolution.RepositoryMissing;
            tags.computeIfPresent(name, (unused, tag) -> isGone ? tag.gone(now) : tag);
            return;
        }
        SourceTag known = tags.get(name);
        SourceTag tag = known == null ? SourceTag.first(digest, now) : known.seenAt(digest, now);
        // What was mirrored before the first observation need not wait; later, equality may be another's push.
        boolean wasMirrored = !before.containsKey(name) && digest.equals(seen.destinationDigest());
        boolean isRipe = !tag.ripeAt(entry.options().minAge()).isAfter(now);
        tags.put(name, wasMirrored || isRipe ? tag.accepted() : tag);
    }

    /** The pair's source tag, if its age matters and is known. */
    Optional<SourceTag> of(Pair pair) {
        boolean matters = !entry.options().minAge().isZero() && pair.source().digest() == null;
        return matters ? Optional.ofNullable(tags.get(pair.source().tag())) : Optional.empty();
    }

    /** The state for the next pass to start with. */
    Map<String, SourceTag> of(Set<String> names) {
        Map<String, SourceTag> kept = new HashMap<>(tags);
        kept.keySet().retainAll(names);
        return kept;
    }
}
