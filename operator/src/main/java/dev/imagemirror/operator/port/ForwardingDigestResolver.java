package dev.imagemirror.operator.port;

import dev.imagemirror.image.Digest;
import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.Resolution;
import java.util.Collection;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** Base of resolvers for registries with their own API: delegates every question. As thread-safe as the delegate. */
public abstract class ForwardingDigestResolver implements DigestResolver {
    protected final DigestResolver others;

    /** @param others answers every question that is not overridden */
    protected ForwardingDigestResolver(DigestResolver others) {
        this.others = others;
    }

    @Override
    public Map<ImageReference, Resolution> resolve(Collection<ImageReference> references, Freshness freshness) {
        return others.resolve(references, freshness);
    }

    @Override
    public TagListing tags(ImageReference repository, Freshness freshness) {
        return others.tags(repository, freshness);
    }

    @Override
    public ReferrerListing referrers(ImageReference repository, Digest image) {
        return others.referrers(repository, image);
    }

    @Override
    public ReferrerListing presentReferrers(ImageReference repository, Digest image, Set<Digest> wanted) {
        return others.presentReferrers(repository, image, wanted);
    }

    @Override
    public ReferrerListing confirmedReferrers(ImageReference repository, Digest image, Set<Digest> listed) {
        return others.confirmedReferrers(repository, image, listed);
    }

    @Override
    public OptionalLong size(ImageReference repository, Digest image) {
        return others.size(repository, image);
    }
}
