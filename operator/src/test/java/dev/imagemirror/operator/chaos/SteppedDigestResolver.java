package dev.imagemirror.operator.chaos;

import dev.imagemirror.image.Digest;
import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.Resolution;
import dev.imagemirror.operator.port.DigestResolver;
import java.util.Collection;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** Registries whose answers are stepped; what fails is in an answer. */
record SteppedDigestResolver(DigestResolver target, SteppedPorts steps) implements DigestResolver {
    @Override
    public Map<ImageReference, Resolution> resolve(Collection<ImageReference> references, Freshness freshness) {
        return steps.neverFailing("resolve", () -> target.resolve(references, freshness));
    }

    @Override
    public TagListing tags(ImageReference repository, Freshness freshness) {
        return steps.neverFailing("tags", () -> target.tags(repository, freshness));
    }

    @Override
    public ReferrerListing referrers(ImageReference repository, Digest image) {
        return steps.neverFailing("referrers", () -> target.referrers(repository, image));
    }

    @Override
    public ReferrerListing presentReferrers(ImageReference repository, Digest image, Set<Digest> wanted) {
        return steps.neverFailing("presentReferrers", () -> target.presentReferrers(repository, image, wanted));
    }

    @Override
    public ReferrerListing confirmedReferrers(ImageReference repository, Digest image, Set<Digest> listed) {
        return steps.neverFailing("confirmedReferrers", () -> target.confirmedReferrers(repository, image, listed));
    }

    @Override
    public OptionalLong size(ImageReference repository, Digest image) {
        return steps.neverFailing("size", () -> target.size(repository, image));
    }
}
