package dev.imagemirror.operator.catalog;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.domain.Pair;
import dev.imagemirror.operator.domain.entry.MirrorEntry;
import dev.imagemirror.operator.domain.entry.ParsedEntry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Index of entries, as last read, by source and destination repository. Thread-safe. */
public final class EntryIndex {
    private static final String REFERRING_TAG = "sha256-";

    private record Known(int fingerprint, @Nullable MirrorEntry entry) {}

    private final Map<EntryKey, Known> entries = new HashMap<>();
    private final Map<EntryKey, Set<String>> latest = new HashMap<>();
    private final KeysByRepository bySource = new KeysByRepository();
    private final KeysByRepository byDestination = new KeysByRepository();

    /**
     * Puts a row.
     *
     * @param parsed the parsed row
     * @return true if the row is new or its attributes have changed
     */
    public synchronized boolean put(MirrorRow row, ParsedEntry parsed) {
        MirrorEntry entry = parsed.asEntry().orElse(null);
        Known known = new Known(row.attributes().hashCode(), entry);
        Known before = entries.put(row.key(), known);
        unlink(row.key(), before);
        if (entry != null) {
            bySource.add(entry.source(), row.key());
            entry.destinations().forEach(to -> byDestination.add(to, row.key()));
        }
        return before == null || before.fingerprint() != known.fingerprint();
    }

    /** Sets the tags that a selection of the latest currently yields, which the selection alone does not tell. */
    public synchronized void expanded(EntryKey key, Set<String> tags) {
        latest.put(key, Set.copyOf(tags));
    }

    /** Removes a row; true if it was known. */
    public synchronized boolean remove(EntryKey key) {
        latest.remove(key);
        Known before = entries.remove(key);
        unlink(key, before);
        return before != null;
    }

    /** The keys of all rows. */
    public synchronized Set<EntryKey> keys() {
        return new HashSet<>(entries.keySet());
    }

    /** True if the row is known. */
    public synchronized boolean contains(EntryKey key) {
        return entries.containsKey(key);
    }

    /** All valid entries, in no order. */
    public synchronized List<MirrorEntry> all() {
        return entries.values().stream()
                .map(Known::entry)
                .filter(Objects::nonNull)
                .toList();
    }

    /** Entries that copy to this tag. */
    public synchronized List<EntryKey> feeding(ImageReference image) {
        return keys(
                byDestination, KeysByRepository.repository(image), entry -> image.tag() != null && feeds(entry, image));
    }

    /**
     * The entries that copy this image. Referrers (which have no tag) and cosign tags concern all entries of their
     * repository that copy referrers.
     */
    public synchronized List<EntryKey> copying(ImageReference image) {
        boolean refers = image.tag() == null || image.tag().startsWith(REFERRING_TAG);
        return keys(
                bySource,
                KeysByRepository.repository(image),
                entry -> (refers && entry.options().referrers())
                        || (image.tag() != null && mayBeFedBy(entry, image.tag())));
    }

    /** Entries whose source is in this repository, {@code registry/path}. */
    public synchronized List<EntryKey> from(String repository) {
        return keys(bySource, repository, entry -> true);
    }

    /** Entries with a destination in this repository, {@code registry/path}. */
    public synchronized List<EntryKey> to(String repository) {
        return keys(byDestination, repository, entry -> true);
    }

    private List<EntryKey> keys(KeysByRepository by, String repository, Predicate<MirrorEntry> wanted) {
        return by.of(repository).stream()
                .map(this::linked)
                .filter(wanted)
                .map(MirrorEntry::key)
                .toList();
    }

    private MirrorEntry linked(EntryKey key) {
        Known known = Objects.requireNonNull(entries.get(key), "a linked pair is in the index");
        return Objects.requireNonNull(known.entry(), "a linked entry is valid");
    }

    /** True if copies from the pair's destination lead back to its source through other entries. */
    public synchronized boolean leadsBack(Pair pair) {
        Set<ImageReference> seen = new HashSet<>();
        List<ImageReference> ahead = new ArrayList<>(List.of(pair.destination().identity()));
        while (!ahead.isEmpty()) {
            ImageReference image = ahead.remove(ahead.size() - 1);
            if (image.equals(tagOf(pair.source()))) {
                return true;
            }
            if (seen.add(image)) {
                fedBy(image).forEach(entry -> ahead.addAll(destinations(entry, image.tag())));
            }
        }
        return false;
    }

    private Collection<MirrorEntry> fedBy(ImageReference image) {
        return bySource.of(KeysByRepository.repository(image)).stream()
                .map(this::linked)
                .filter(entry -> isFedBy(entry, image.tag()))
                .toList();
    }

    private boolean isFedBy(MirrorEntry entry, @Nullable String tag) {
        boolean isOfLatest = entry.tags() != null && entry.tags().latest() != null;
        return (isOfLatest && tag != null)
                ? latest.getOrDefault(entry.key(), Set.of()).contains(tag)
                : mayBeFedBy(entry, tag);
    }

    /** True if the tag is selected, or would be if it were among the latest, as a new one may be. */
    private static boolean mayBeFedBy(MirrorEntry entry, @Nullable String tag) {
        return entry.tags() == null
                ? entry.source().digest() == null
                        && Objects.equals(entry.source().tag(), tag)
                : tag != null && !entry.tags().select(List.of(tag)).isEmpty();
    }

    private boolean feeds(MirrorEntry entry, ImageReference image) {
        return entry.destinations().stream()
                .map(ImageReference::identity)
                .filter(to -> KeysByRepository.repository(to).equals(KeysByRepository.repository(image)))
                .anyMatch(to -> to.tag() != null ? to.tag().equals(image.tag()) : mayBeFedBy(entry, image.tag()));
    }

    private static List<ImageReference> destinations(MirrorEntry entry, @Nullable String tag) {
        return entry.pairs(entry.tags() == null ? null : tag).stream()
                .map(pair -> pair.destination().identity())
                .toList();
    }

    private static @Nullable ImageReference tagOf(ImageReference source) {
        return source.digest() == null ? source.identity() : null;
    }

    private void unlink(EntryKey key, @Nullable Known known) {
        if (known != null && known.entry() != null) {
            bySource.remove(known.entry().source(), key);
            known.entry().destinations().forEach(to -> byDestination.remove(to, key));
        }
    }
}
