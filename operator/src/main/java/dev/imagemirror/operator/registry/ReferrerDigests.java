package dev.imagemirror.operator.registry;

import dev.imagemirror.image.Descriptor;
import dev.imagemirror.image.Digest;
import dev.imagemirror.image.ImageReference;
import dev.imagemirror.registry.ErrorKind;
import dev.imagemirror.registry.RegistryClient;
import dev.imagemirror.registry.RegistryException;
import dev.imagemirror.registry.Repository;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What refers to an image: by the referrers API or its fallback tag, and by cosign's tags. Thread-safe; blocking. */
final class ReferrerDigests {
    /** Endings of cosign's tags for signatures, attestations and SBOMs. */
    private static final List<String> COSIGN_SUFFIXES = List.of(".sig", ".att", ".sbom");

    private final RegistryClient client;
    private final ManifestFacts facts;

    ReferrerDigests(RegistryClient client, ManifestFacts facts) {
        this.client = client;
        this.facts = facts;
    }

    /** Their digests, or why they could not all be read. What is listed counts if it says so itself. */
    Answer<Set<Digest>> ask(Site site, ImageReference repository, Digest image) {
        Answer<Set<Digest>> listed = listed(site, repository, image);
        if (listed.failure() != null) {
            return listed;
        }
        Set<Digest> digests = listed.value();
        for (String suffix : COSIGN_SUFFIXES) {
            String tag = image.algorithm() + "-" + image.hex() + suffix;
            Answer<Digest> tagged = site.ask(repository, place -> find(place, tag));
            if (tagged.failure() != null) {
                return Answer.failed(tagged.failure());
            }
            if (tagged.value() != null && !tagged.value().equals(image)) {
                Answer<ManifestFacts.Fact> fact = facts.ask(site, repository, tagged.value());
                if (fact.failure() != null) {
                    return Answer.failed(fact.failure());
                }
                if (fact.value().exists() && !fact.value().isIndex()) {
                    digests.add(tagged.value());
                }
            }
        }
        return Answer.of(digests);
    }

    private Answer<Set<Digest>> listed(Site site, ImageReference repository, Digest image) {
        Answer<List<Descriptor>> listed = site.ask(repository, place -> client.referrers(place, image));
        if (listed.failure() != null) {
            return Answer.failed(listed.failure());
        }
        Set<Digest> digests = new HashSet<>();
        for (Descriptor entry : listed.value()) {
            Answer<ManifestFacts.Fact> fact = facts.ask(site, repository, entry.digest());
            if (fact.failure() != null) {
                return Answer.failed(fact.failure());
            }
            if (fact.value().refersTo(image)) {
                digests.add(entry.digest());
            }
        }
        return Answer.of(digests);
    }

    /** A registry that takes no such tag has none. */
    private Digest find(Repository place, String tag) throws RegistryException {
        try {
            return client.digest(place, tag);
        } catch (RegistryException e) {
            if (e.kind() == ErrorKind.REFUSED) {
                return null;
            }
            throw e;
        }
    }
}
