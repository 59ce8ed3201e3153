package dev.imagemirror.operator.web;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.EntryView;
import dev.imagemirror.operator.domain.entry.EntryParser;
import dev.imagemirror.operator.domain.entry.MirrorEntry;
import dev.imagemirror.operator.domain.entry.ParsedEntry;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Registries that metrics label individually: those of the mirror table, up to a limit; all others are {@code other}. A
 * label, once assigned, stays, so that counters never move. Thread-safe.
 */
final class RegistryLabels {
    static final String OTHER = "other";
    private static final int MAX = 50;
    /** Where requests for Docker Hub are sent. */
    private static final Map<String, String> ALIASES = Map.of("registry-1.docker.io", "docker.io");

    private final Set<String> known = ConcurrentHashMap.newKeySet();

    /** The label of a registry, or of the host its requests are sent to. */
    String of(String host) {
        String registry = ALIASES.getOrDefault(host, host);
        return known.contains(registry) ? registry : OTHER;
    }

    /** Learns the registries of an entry; ignores {@code null}. */
    void learn(@Nullable EntryView entry) {
        if (entry == null || entry.row() == null || known.size() >= MAX) {
            return;
        }
        if (EntryParser.parse(entry.row()) instanceof ParsedEntry.Valid valid) {
            learn(valid.entry());
        }
    }

    void learn(MirrorEntry entry) {
        learn(entry.source());
        entry.destinations().forEach(this::learn);
    }

    Set<String> known() {
        return new TreeSet<>(known);
    }

    private void learn(ImageReference reference) {
        if (known.size() < MAX) {
            known.add(reference.registry());
        }
    }
}
