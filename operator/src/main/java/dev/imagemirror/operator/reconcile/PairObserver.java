package dev.imagemirror.operator.reconcile;

import dev.imagemirror.image.Digest;
import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.Observation;
import dev.imagemirror.operator.domain.Observation.Referrers;
import dev.imagemirror.operator.domain.Pair;
import dev.imagemirror.operator.domain.Resolution;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Reads what the registries have of some pairs. */
final class PairObserver {
    private final DigestResolver registries;

    PairObserver(DigestResolver registries) {
        this.registries = registries;
    }

    /** An observation of each pair. */
    Map<Pair, Observation> observe(Collection<Pair> pairs, boolean withReferrers, DigestResolver.Freshness freshness) {
        Set<ImageReference> references = new LinkedHashSet<>();
        for (Pair pair : pairs) {
            references.add(pair.source());
            references.add(pair.destination());
        }
        Map<ImageReference, Resolution> answers =
                references.isEmpty() ? Map.of() : registries.resolve(references, freshness);
        Map<Pair, Observation> observations = new HashMap<>();
        for (Pair pair : pairs) {
            Resolution source = answers.get(pair.source());
            Resolution destination = answers.get(pair.destination());
            boolean equal = source.digestOrNull() != null && source.equals(destination);
            Referrers referrers = withReferrers && equal ? compare(pair, source.digestOrNull()) : Referrers.NOT_ASKED;
            observations.put(pair, new Observation(source, destination, referrers));
        }
        return observations;
    }

    private Referrers compare(Pair pair, Digest image) {
        Set<Digest> wanted = registries.referrers(pair.source(), image);
        if (wanted == null) {
            return Referrers.UNKNOWN;
        }
        if (wanted.isEmpty()) {
            return Referrers.COMPLETE;
        }
        Set<Digest> there = registries.referrers(pair.destination(), image);
        if (there == null) {
            return Referrers.UNKNOWN;
        }
        Set<Digest> lacking = new HashSet<>(wanted);
        lacking.removeAll(there);
        if (lacking.isEmpty()) {
            return Referrers.COMPLETE;
        }
        Set<Digest> confirmed = registries.confirmedReferrers(pair.source(), image, lacking);
        if (confirmed == null) {
            return Referrers.UNKNOWN;
        }
        return confirmed.isEmpty() ? Referrers.COMPLETE : Referrers.LACKING;
    }
}
