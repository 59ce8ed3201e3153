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

    /** Their digests, or null if they could not all be read. What is listed counts if it says so itself. */
    Set<Digest> ask(Site site, ImageReference repository, Digest image) {
        Set<Digest> digests = listed(site, repository, image);
        for (String suffix : COSIGN_SUFFIXES) {
            String tag = image.algorithm() + "-" + image.hex() + suffix;
            Answer<Digest> tagged = digests == null ? null : site.ask(repository, place -> find(place, tag));
            if (tagged == null || tagged.failure() != null) {
                return null;
            }
            if (tagged.value() != null && !tagged.value().equals(image)) {
                Answer<ManifestFacts.Fact> fact = facts.ask(site, repository, tagged.value());
                if (fact.failure() != null) {
                    return null;
                }
                if (fact.value().exists() && !fact.value().isIndex()) {
                    digests.add(tagged.value());
                }
            }
        }
        return digests;
    }

    private Set<Digest> listed(Site site, ImageReference repository, Digest image) {
        Answer<List<Descriptor>> listed = site.ask(repository, place -> client.referrers(place, image));
        if (listed.failure() != null) {
            return null;
        }
        Set<Digest> digests = new HashSet<>();
        for (Descriptor entry : listed.value()) {
            Answer<ManifestFacts.Fact> fact = facts.ask(site, repository, entry.digest());
            if (fact.failure() != null) {
                return null;
            }
            if (fact.value().refersTo(image)) {
                digests.add(entry.digest());
            }
        }
        return digests;
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
