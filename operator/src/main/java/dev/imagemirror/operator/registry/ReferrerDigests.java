package dev.imagemirror.operator.registry;

import dev.imagemirror.image.CosignTags;
import dev.imagemirror.image.Digest;
import dev.imagemirror.image.ImageReference;
import dev.imagemirror.image.ReferrerList;
import dev.imagemirror.registry.RegistryClient;
import dev.imagemirror.registry.model.RegistryException;
import dev.imagemirror.registry.model.Repository;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** What refers to an image: by the referrers API or its fallback tag, and by cosign's tags. Thread-safe; blocking. */
final class ReferrerDigests {
    private final RegistryClient client;
    private final ManifestFacts facts;

    ReferrerDigests(RegistryClient client, ManifestFacts facts) {
        this.client = client;
        this.facts = facts;
    }

    /** Digests that are listed, or why they could not all be read. */
    Answer<Set<Digest>> listed(Site site, ImageReference repository, Digest image) {
        Answer<ReferrerList> referrers = site.ask(repository, place -> client.referrers(place, image));
        if (referrers.failure() != null) {
            return Answer.failed(referrers.failure());
        }
        Answer<Set<Digest>> digests = tagged(site, repository, image);
        if (digests.failure() == null) {
            referrers.value().referrers().forEach(referrer -> digests.value().add(referrer.digest()));
            digests.value().remove(image);
        }
        return digests;
    }

    /** Those of which their manifests say it too, or why one could not be read. */
    Answer<Set<Digest>> confirmed(Site site, ImageReference repository, Digest image, Collection<Digest> listed) {
        Set<Digest> confirmed = new HashSet<>();
        Set<Digest> signatures = new HashSet<>();
        for (Digest digest : listed) {
            Answer<ManifestFacts.Fact> fact = facts.ask(site, repository, digest);
            if (fact.failure() != null) {
                return Answer.failed(fact.failure());
            }
            if (fact.value().refersTo(image)) {
                confirmed.add(digest);
            } else if (fact.value().maySign()) {
                signatures.add(digest);
            }
        }
        if (!signatures.isEmpty()) {
            Answer<Set<Digest>> tagged = tagged(site, repository, image);
            if (tagged.failure() != null) {
                return tagged;
            }
            signatures.retainAll(tagged.value());
        }
        confirmed.addAll(signatures);
        return Answer.of(confirmed);
    }

    /** What is under cosign's tags, or why that could not be read. */
    private Answer<Set<Digest>> tagged(Site site, ImageReference repository, Digest image) {
        Set<Digest> digests = new HashSet<>();
        for (String tag : CosignTags.of(image)) {
            Answer<Digest> tagged = site.ask(repository, place -> find(place, tag));
            if (tagged.failure() != null) {
                return Answer.failed(tagged.failure());
            }
            if (tagged.value() != null) {
                digests.add(tagged.value());
            }
        }
        return Answer.of(digests);
    }

    /** A registry that takes no such tag has none. */
    private Digest find(Repository place, String tag) throws RegistryException {
        try {
            return client.digest(place, tag);
        } catch (RegistryException e) {
            if (e.isNameRefused()) {
                return null;
            }
            throw e;
        }
    }
}
