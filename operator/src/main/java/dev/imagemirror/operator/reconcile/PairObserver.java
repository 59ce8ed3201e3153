package dev.imagemirror.operator.reconcile;

import dev.imagemirror.image.Digest;
import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.Pair;
import dev.imagemirror.operator.domain.Resolution;
import dev.imagemirror.operator.domain.decision.Observation;
import dev.imagemirror.operator.domain.decision.Observation.Referrers;
import dev.imagemirror.operator.port.DigestResolver;
import dev.imagemirror.operator.port.DigestResolver.ReferrerListing;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Reads both sides of pairs from the registries. */
final class PairObserver {
    private final DigestResolver registries;
    private final OddLists oddities;

    PairObserver(DigestResolver registries, OddLists oddities) {
        this.registries = registries;
        this.oddities = oddities;
    }

    /**
     * What the registries have.
     *
     * @param pairs an observation of each pair
     * @param notices oddities of referrer lists that were read
     */
    record Seen(Map<Pair, Observation> pairs, Set<String> notices) {}

    /** Observes each pair. */
    Seen observe(Collection<Pair> pairs, boolean withReferrers, DigestResolver.Freshness freshness) {
        Set<ImageReference> references = new LinkedHashSet<>();
        for (Pair pair : pairs) {
            references.add(pair.source());
            references.add(pair.destination());
        }
        Map<ImageReference, Resolution> answers =
                references.isEmpty() ? Map.of() : registries.resolve(references, freshness);
        Map<Pair, Observation> observations = new HashMap<>();
        Set<String> notices = new LinkedHashSet<>();
        for (Pair pair : pairs) {
            Resolution source = answer(answers, pair.source());
            Resolution destination = answer(answers, pair.destination());
            observations.put(
                    pair,
                    withReferrers && source instanceof Resolution.Found image && source.equals(destination)
                            ? compared(pair, image, notices)
                            : new Observation(source, destination, Referrers.NOT_ASKED));
        }
        return new Seen(observations, notices);
    }

    private static Resolution answer(Map<ImageReference, Resolution> answers, ImageReference reference) {
        return Objects.requireNonNull(answers.get(reference), "an answer for each reference");
    }

    /** Both sides of the pair have the image. */
    private Observation compared(Pair pair, Resolution.Found found, Set<String> notices) {
        Digest image = found.digest();
        ReferrerListing wanted = registries.referrers(pair.source(), image);
        note(pair.source(), image, wanted, notices);
        if (wanted.failure() != null) {
            return unread(found, pair.source(), wanted.failure());
        }
        if (wanted.digests().isEmpty()) {
            return new Observation(found, found, Referrers.COMPLETE);
        }
        ReferrerListing there = registries.presentReferrers(pair.destination(), image, wanted.digests());
        note(pair.destination(), image, there, notices);
        if (there.failure() != null) {
            return unread(found, pair.destination(), there.failure());
        }
        Set<Digest> lacking = new HashSet<>(wanted.digests());
        lacking.removeAll(there.digests());
        return lacking.isEmpty() ? new Observation(found, found, Referrers.COMPLETE) : confirmed(pair, found, lacking);
    }

    /** Lists are sometimes wrong: what the destination seems to lack must refer to the image in its own manifest. */
    private Observation confirmed(Pair pair, Resolution.Found found, Set<Digest> lacking) {
        ReferrerListing confirmed = registries.confirmedReferrers(pair.source(), found.digest(), lacking);
        if (confirmed.failure() != null) {
            return unread(found, pair.source(), confirmed.failure());
        }
        boolean isComplete = confirmed.digests().isEmpty();
        return new Observation(found, found, isComplete ? Referrers.COMPLETE : Referrers.LACKING);
    }

    private void note(ImageReference at, Digest image, ReferrerListing listing, Set<String> notices) {
        oddities.note(at.name() + "@" + image, listing.failure(), listing.notice());
        if (!listing.notice().isEmpty()) {
            notices.add(at + ": " + listing.notice());
        }
    }

    private static Observation unread(Resolution.Found found, ImageReference at, Resolution why) {
        Resolution.Unavailable known = why instanceof Resolution.Unavailable unavailable
                ? unavailable
                : new Resolution.Unavailable(words(why), false, null);
        return Observation.unread(found, found, known.saying(at + ": " + known.message()));
    }

    private static String words(Resolution why) {
        if (why instanceof Resolution.Denied denied) {
            return denied.message();
        }
        return why instanceof Resolution.NotAllowed forbidden ? forbidden.message() : "not found";
    }
}
