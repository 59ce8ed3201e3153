package dev.imagemirror.operator.chaos;

import dev.imagemirror.image.Digest;
import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.Resolution;
import dev.imagemirror.operator.port.DigestResolver;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** What the registries hold, and which of them do not answer. */
final class WorldRegistries implements DigestResolver {
    private final Map<ImageReference, Digest> images = new HashMap<>();
    private final Map<String, Resolution> faults = new HashMap<>();

    void put(String reference, Digest digest) {
        images.put(ImageReference.parse(reference).identity(), digest);
    }

    void remove(String reference) {
        images.remove(ImageReference.parse(reference).identity());
    }

    Digest get(String reference) {
        return images.get(ImageReference.parse(reference).identity());
    }

    /** From now on the registry answers everything with this; null for the truth. */
    void fault(String registry, Resolution answer) {
        faults.put(registry, answer);
    }

    @Override
    public Map<ImageReference, Resolution> resolve(Collection<ImageReference> references, Freshness freshness) {
        Map<ImageReference, Resolution> answers = new LinkedHashMap<>();
        references.forEach(reference -> answers.put(reference, resolve(reference)));
        return answers;
    }

    private Resolution resolve(ImageReference reference) {
        Resolution fault = faults.get(reference.registry());
        Digest digest = images.get(reference.identity());
        return fault != null ? fault : digest == null ? new Resolution.Missing() : new Resolution.Found(digest);
    }

    @Override
    public TagListing tags(ImageReference repository, Freshness freshness) {
        throw new UnsupportedOperationException("no entry of this world selects tags");
    }

    @Override
    public ReferrerListing referrers(ImageReference repository, Digest image) {
        return new ReferrerListing(Set.of());
    }

    @Override
    public ReferrerListing presentReferrers(ImageReference repository, Digest image, Set<Digest> wanted) {
        return new ReferrerListing(Set.of());
    }

    @Override
    public ReferrerListing confirmedReferrers(ImageReference repository, Digest image, Set<Digest> listed) {
        return new ReferrerListing(listed);
    }

    @Override
    public OptionalLong size(ImageReference repository, Digest image) {
        return OptionalLong.of(1_000_000);
    }
}
