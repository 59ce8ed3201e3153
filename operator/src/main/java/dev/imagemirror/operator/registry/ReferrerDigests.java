package dev.imagemirror.operator.registry;

import dev.imagemirror.image.CosignTags;
import dev.imagemirror.image.Digest;
import dev.imagemirror.image.ImageReference;
import dev.imagemirror.image.ReferrerList;
import dev.imagemirror.operator.domain.Resolution;
import dev.imagemirror.operator.port.DigestResolver.ReferrerListing;
import dev.imagemirror.registry.RegistryClient;
import dev.imagemirror.registry.model.RegistryException;
import dev.imagemirror.registry.model.Repository;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Finds an image's referrers: by the referrers API or its fallback tag, and by cosign's tags. Thread-safe; blocking.
 */
final class ReferrerDigests {
    private final RegistryClient client;
    private final ManifestFacts facts;

    ReferrerDigests(RegistryClient client, ManifestFacts facts) {
        this.client = client;
        this.facts = facts;
    }

    /** The listed referrers, or why a list could not be read. */
    ReferrerListing listed(RegistryThrottle site, ImageReference repository, Digest image) {
        Answer<Lists> lists = lists(site, repository, image);
        return lists instanceof Answer.Failed<Lists> failed
                ? failed(failed.why())
                : new ReferrerListing(
                        lists.given().digests(), null, lists.given().notice());
    }

    /** The {@code wanted} referrers that are listed and exist, or why that could not be read. */
    ReferrerListing present(RegistryThrottle site, ImageReference repository, Digest image, Set<Digest> wanted) {
        Answer<Lists> answer = lists(site, repository, image);
        if (answer instanceof Answer.Failed<Lists> failed) {
            return failed(failed.why());
        }
        Lists lists = answer.given();
        Set<Digest> listed = new HashSet<>(lists.digests());
        listed.retainAll(wanted);
        Answer<Confirmed> confirmed = read(site, repository, image, listed);
        if (confirmed instanceof Answer.Failed<Confirmed> failed) {
            return failed(failed.why());
        }
        return new ReferrerListing(confirmed.given().with(lists.tagged()), null, lists.notice());
    }

    /** The referrers confirmed by their manifests, or why one could not be read. */
    ReferrerListing confirmed(RegistryThrottle site, ImageReference repository, Digest image, Set<Digest> listed) {
        Answer<Confirmed> confirmed = read(site, repository, image, listed);
        if (confirmed instanceof Answer.Failed<Confirmed> failed) {
            return failed(failed.why());
        }
        if (confirmed.given().signatures().isEmpty()) {
            return new ReferrerListing(confirmed.given().referrers());
        }
        Answer<Set<Digest>> tagged = tagged(site, repository, image);
        return tagged instanceof Answer.Failed<Set<Digest>> failed
                ? failed(failed.why())
                : new ReferrerListing(confirmed.given().with(tagged.given()));
    }

    private static ReferrerListing failed(Resolution failure) {
        return new ReferrerListing(Set.of(), failure);
    }

    /**
     * A repository's lists.
     *
     * @param referrers by the API or the fallback tag
     * @param tagged by cosign's tags
     */
    private record Lists(Digest image, ReferrerList referrers, Set<Digest> tagged) {
        Set<Digest> digests() {
            Set<Digest> digests = new HashSet<>(tagged);
            referrers.referrers().forEach(referrer -> digests.add(referrer.digest()));
            digests.remove(image);
            return digests;
        }

        String notice() {
            return referrers.notice();
        }
    }

    private Answer<Lists> lists(RegistryThrottle site, ImageReference repository, Digest image) {
        Answer<ReferrerList> referrers = site.ask(repository, place -> client.referrers(place, image));
        if (referrers instanceof Answer.Failed<ReferrerList> failed) {
            return Answer.failed(failed.why());
        }
        Answer<Set<Digest>> tagged = tagged(site, repository, image);
        return tagged instanceof Answer.Failed<Set<Digest>> failed
                ? Answer.failed(failed.why())
                : Answer.of(new Lists(image, referrers.given(), tagged.given()));
    }

    /**
     * What the manifests confirm.
     *
     * @param referrers those naming the image as subject
     * @param signatures possible cosign content, linked to the image by its tag only
     */
    private record Confirmed(Set<Digest> referrers, Set<Digest> signatures) {
        Set<Digest> with(Set<Digest> tagged) {
            Set<Digest> all = new HashSet<>(signatures);
            all.retainAll(tagged);
            all.addAll(referrers);
            return all;
        }
    }

    private Answer<Confirmed> read(RegistryThrottle site, ImageReference repository, Digest image, Set<Digest> listed) {
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
        return Answer.of(new Confirmed(confirmed, signatures));
    }

    /** Digests under cosign's tags, or why they could not be read. */
    private Answer<Set<Digest>> tagged(RegistryThrottle site, ImageReference repository, Digest image) {
        Set<Digest> digests = new HashSet<>();
        for (String tag : CosignTags.of(image)) {
            Answer<Digest> tagged = Answer.ofOptional(site.ask(repository, place -> find(place, tag)));
            if (tagged instanceof Answer.Failed<Digest> failed) {
                return Answer.failed(failed.why());
            }
            if (tagged instanceof Answer.Given<Digest> given) {
                digests.add(given.value());
            }
        }
        return Answer.of(digests);
    }

    /** A registry that rejects such a tag cannot have it. */
    private Optional<Digest> find(Repository place, String tag) throws RegistryException {
        try {
            return client.digest(place, tag);
        } catch (RegistryException e) {
            if (e.isNameRefused()) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
