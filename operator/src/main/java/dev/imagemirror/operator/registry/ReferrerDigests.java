package dev.imagemirror.operator.registry;

import dev.imagemirror.image.CosignTags;
import dev.imagemirror.image.Descriptor;
import dev.imagemirror.image.Digest;
import dev.imagemirror.image.ImageReference;
import dev.imagemirror.registry.RegistryClient;
import dev.imagemirror.registry.model.RegistryException;
import dev.imagemirror.registry.model.Repository;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
        Answer<List<Descriptor>> referrers = site.ask(repository, place -> client.referrers(place, image));
        if (referrers instanceof Answer.Failed<List<Descriptor>> failed) {
            return Answer.failed(failed.why());
        }
        Answer<Set<Digest>> digests = tagged(site, repository, image);
        if (digests instanceof Answer.Given<Set<Digest>> given) {
            referrers.given().forEach(referrer -> given.value().add(referrer.digest()));
            given.value().remove(image);
        }
        return digests;
    }

    /** Those of which their manifests say it too, or why one could not be read. */
    Answer<Set<Digest>> confirmed(Site site, ImageReference repository, Digest image, Collection<Digest> listed) {
        Set<Digest> confirmed = new HashSet<>();
        Set<Digest> signatures = new HashSet<>();
        for (Digest digest : listed) {
            Answer<ManifestFacts.Fact> fact = facts.ask(site, repository, digest);
            if (fact instanceof Answer.Failed<ManifestFacts.Fact> failed) {
                return Answer.failed(failed.why());
            }
            if (fact.given().refersTo(image)) {
                confirmed.add(digest);
            } else if (fact.given().maySign()) {
                signatures.add(digest);
            }
        }
        if (!signatures.isEmpty()) {
            Answer<Set<Digest>> tagged = tagged(site, repository, image);
            if (tagged instanceof Answer.Failed<Set<Digest>>) {
                return tagged;
            }
            signatures.retainAll(tagged.given());
        }
        confirmed.addAll(signatures);
        return Answer.of(confirmed);
    }

    /** What is under cosign's tags, or why that could not be read. */
    private Answer<Set<Digest>> tagged(Site site, ImageReference repository, Digest image) {
        Set<Digest> digests = new HashSet<>();
        for (String tag : CosignTags.of(image)) {
            Answer<Digest> tagged = site.ask(repository, place -> find(place, tag));
            if (tagged instanceof Answer.Failed<Digest> failed) {
                return Answer.failed(failed.why());
            }
            if (tagged instanceof Answer.Given<Digest> given) {
                digests.add(given.value());
            }
        }
        return Answer.of(digests);
    }

    /** A registry that takes no such tag has none. */
    private @Nullable Digest find(Repository place, String tag) throws RegistryException {
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
