package dev.imagemirror.operator.registry;

import dev.imagemirror.image.Descriptor;
import dev.imagemirror.image.Digest;
import dev.imagemirror.image.ImageReference;
import dev.imagemirror.registry.RegistryClient;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What refers to an image: by the referrers API or its fallback tag, and by cosign's tags. Thread-safe; blocking. */
final class ReferrerDigests {
    /** Endings of cosign's tags for signatures, attestations and SBOMs. */
    private static final List<String> COSIGN_SUFFIXES = List.of(".sig", ".att", ".sbom");

    private final RegistryClient client;

    ReferrerDigests(RegistryClient client) {
        this.client = client;
    }

    /** Their digests, or null if they could not all be read. */
    Set<Digest> ask(Site site, ImageReference repository, Digest image) {
        Answer<List<Descriptor>> referrers = site.ask(repository, place -> client.referrers(place, image));
        if (referrers.failure() != null) {
            return null;
        }
        Set<Digest> digests = new HashSet<>();
        referrers.value().forEach(referrer -> digests.add(referrer.digest()));
        for (String suffix : COSIGN_SUFFIXES) {
            String tag = image.algorithm() + "-" + image.hex() + suffix;
            Answer<Digest> signature = site.ask(repository, place -> client.digest(place, tag));
            if (signature.failure() != null) {
                return null;
            }
            if (signature.value() != null) {
                digests.add(signature.value());
            }
        }
        return digests;
    }
}
