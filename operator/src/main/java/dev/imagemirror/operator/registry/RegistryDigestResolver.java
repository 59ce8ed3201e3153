package dev.imagemirror.operator.registry;

import dev.imagemirror.image.Digest;
import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.cache.SingleFlightCache;
import dev.imagemirror.operator.domain.Resolution;
import dev.imagemirror.operator.port.DigestResolver;
import dev.imagemirror.operator.port.RegistryBusyException;
import dev.imagemirror.operator.port.RegistryHealth;
import dev.imagemirror.registry.RegistryClient;
import java.time.Clock;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Resolves digests with the distribution API. A registry that is failing or responds 429 is left alone for a while:
 * questions get {@link Resolution.Unavailable} without a request. Thread-safe; blocking.
 *
 * <p>The client should have short timeouts and few retries: passes wait for it, and are retried anyway. {@link #close}
 * does not close it.
 */
public final class RegistryDigestResolver implements DigestResolver, AutoCloseable {
    private final RegistryClient client;
    private final RegistryThrottles sites;
    private final SingleFlightCache<ImageReference, Resolution> answers;
    private final TagLists tags;
    private final ManifestQuestion question;
    private final ReferrerDigests referrers;

    /** @param random for jitter; thread-safe */
    public RegistryDigestResolver(
            RegistryClient client,
            RegistryLimits limits,
            DeniedMeansMissing deniedMeansMissing,
            Clock clock,
            RandomGenerator random) {
        this.client = client;
        sites = new RegistryThrottles(limits, clock, random);
        answers = new SingleFlightCache<>(
                clock, limits.sweepWindow(), limits.rememberedAnswers(), RegistryDigestResolver::lasts, answer -> 1);
        tags = new TagLists(client, limits, clock);
        question = new ManifestQuestion(client, deniedMeansMissing);
        referrers = new ReferrerDigests(client, new ManifestFacts(client));
    }

    @Override
    public Map<ImageReference, Resolution> resolve(Collection<ImageReference> references, Freshness freshness) {
        Map<ImageReference, Resolution> resolutions = new LinkedHashMap<>();
        Set<ImageReference> toAsk = new LinkedHashSet<>();
        for (ImageReference reference : references) {
            Resolution known = known(reference, freshness);
            resolutions.put(reference, known);
            if (known == null) {
                toAsk.add(reference);
            }
        }
        if (!toAsk.isEmpty()) {
            resolutions.putAll(ask(toAsk, freshness));
        }
        return resolutions;
    }

    @Override
    public TagListing tags(ImageReference repository, Freshness freshness) {
        return tags.remembered(repository, freshness)
                .orElseGet(() -> waiting(repository, site -> tags.ask(site, repository, freshness)));
    }

    @Override
    public ReferrerListing referrers(ImageReference repository, Digest image) {
        return waiting(repository, site -> referrers.listed(site, repository, image));
    }

    @Override
    public ReferrerListing presentReferrers(ImageReference repository, Digest image, Set<Digest> wanted) {
        return waiting(repository, site -> referrers.present(site, repository, image, wanted));
    }

    @Override
    public ReferrerListing confirmedReferrers(ImageReference repository, Digest image, Set<Digest> listed) {
        return waiting(repository, site -> referrers.confirmed(site, repository, image, listed));
    }

    @Override
    public OptionalLong size(ImageReference repository, Digest image) {
        return waiting(repository, site -> new ImageSize(client).ask(site, repository, image));
    }

    /** Health of every registry queried so far, by name. */
    public List<RegistryHealth> health() {
        return sites.health();
    }

    /** Stops its threads; questions in flight still complete. */
    @Override
    public void close() {
        sites.close();
    }

    /** Only digests and their absence are cached; other answers may be outdated at once. */
    private static boolean lasts(Resolution resolution) {
        return resolution instanceof Resolution.Found || resolution instanceof Resolution.Missing;
    }

    private @Nullable Resolution known(ImageReference reference, Freshness freshness) {
        Resolution remembered =
                freshness == Freshness.CACHED ? answers.remembered(ResolveBatch.key(reference), any -> true) : null;
        return remembered != null ? remembered : sites.of(reference.registry()).instead();
    }

    private Map<ImageReference, Resolution> ask(Set<ImageReference> references, Freshness freshness) {
        List<RegistryThrottle> entered = sites.enterAll(
                references.stream().map(ImageReference::registry).collect(Collectors.toCollection(LinkedHashSet::new)));
        ResolveBatch round = new ResolveBatch(sites, answers, question);
        references.forEach(reference -> round.add(reference, freshness));
        // leave a registry as soon as it has answered: waiting for another must not occupy its slots
        entered.forEach(site -> round.whenAnswered(site.registry(), site::leave));
        return round.run();
    }

    /** @throws RegistryBusyException if too many passes already wait */
    private <T> T waiting(ImageReference repository, Function<RegistryThrottle, T> question) {
        RegistryThrottle site = sites.of(repository.registry());
        site.enter();
        try {
            return question.apply(site);
        } finally {
            site.leave();
        }
    }
}
