package dev.imagemirror.operator.registry;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.cache.SingleFlightCache;
import dev.imagemirror.operator.domain.Resolution;
import dev.imagemirror.operator.port.DigestResolver.Freshness;
import dev.imagemirror.operator.port.DigestResolver.TagListing;
import dev.imagemirror.registry.RegistryClient;
import dev.imagemirror.registry.model.TagList;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Lists the tags of repositories; asks equal questions of a sweep once. Thread-safe; blocking. */
final class TagLists {
    private final RegistryClient client;
    private final SingleFlightCache<ImageReference, TagListing> listings;

    TagLists(RegistryClient client, RegistryLimits limits, Clock clock) {
        this.client = client;
        this.listings = new SingleFlightCache<>(
                clock,
                limits.sweepWindow(),
                limits.rememberedAnswers(),
                listing -> listing.failure() == null,
                listing -> 1 + listing.tags().size());
    }

    /** The answer {@link #ask} would give without a request. */
    Optional<TagListing> remembered(ImageReference repository, Freshness freshness) {
        return freshness == Freshness.FRESH
                ? Optional.empty()
                : Optional.ofNullable(listings.remembered(key(repository), any -> true));
    }

    TagListing ask(RegistryThrottle site, ImageReference repository, Freshness freshness) {
        ImageReference key = key(repository);
        Resolution unanswered = new Resolution.Unavailable(key + " could not be listed", false, null);
        return listings.ask(
                key,
                freshness == Freshness.FRESH,
                any -> true,
                before -> list(site, key),
                new TagListing(List.of(), unanswered));
    }

    private TagListing list(RegistryThrottle site, ImageReference repository) {
        Answer<TagList> answer = site.ask(repository, client::tags);
        return answer instanceof Answer.Failed<TagList> failed
                ? new TagListing(List.of(), failed.why())
                : new TagListing(answer.given().tags(), null, answer.given().notice());
    }

    private static ImageReference key(ImageReference repository) {
        return new ImageReference(repository.registry(), repository.repository(), null, null);
    }
}
