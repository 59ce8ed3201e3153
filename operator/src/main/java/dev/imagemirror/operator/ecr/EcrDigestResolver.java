package dev.imagemirror.operator.ecr;

import dev.imagemirror.image.Digest;
import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.Resolution;
import dev.imagemirror.operator.port.DigestResolver;
import dev.imagemirror.operator.port.ForwardingDigestResolver;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Queries ECR private registries with {@code ListImages} when several tags of a repository are needed, and
 * distinguishes a missing repository from a missing tag; delegates everything else. Thread-safe; blocking.
 */
public final class EcrDigestResolver extends ForwardingDigestResolver {
    /** From this many tags on, one list is cheaper than a HEAD per tag. */
    private static final int WORTH_A_LIST = 2;

    private static final String ARCHIVED = "is archived in ECR and cannot be pulled; restore it "
            + "(aws ecr update-image-storage-class --target-storage-class STANDARD)";

    private final EcrTagIndex index;
    private final WaitingPasses passes;

    /**
     * @param others resolver for the distribution API
     * @param clients of the regions
     * @param waitingPasses passes that may wait for one registry's API
     * @param sweepWindow how long an answer is reused for equal questions of a sweep; zero to disable
     */
    public EcrDigestResolver(
            DigestResolver others, EcrClients clients, int waitingPasses, Clock clock, Duration sweepWindow) {
        super(others);
        this.index = new EcrTagIndex(clients, clock, sweepWindow);
        this.passes = new WaitingPasses(waitingPasses);
    }

    @Override
    public Map<ImageReference, Resolution> resolve(Collection<ImageReference> references, Freshness freshness) {
        Map<EcrRepository, Set<ImageReference>> lists = worthAList(references);
        Set<ImageReference> rest = new LinkedHashSet<>(references);
        lists.values().forEach(rest::removeAll);
        Map<ImageReference, Resolution> resolutions = new LinkedHashMap<>();
        if (!rest.isEmpty()) {
            resolutions.putAll(others.resolve(rest, freshness));
        }
        lists.forEach((repository, wanted) -> resolutions.putAll(listed(repository, wanted, freshness)));
        explainMissing(resolutions, freshness);
        return resolutions;
    }

    @Override
    public TagListing tags(ImageReference repository, Freshness freshness) {
        EcrRepository place = EcrRepository.of(repository).orElse(null);
        if (place == null) {
            return others.tags(repository, freshness);
        }
        EcrListing listing = list(place, Set.of(), freshness);
        return new TagListing(List.copyOf(listing.digests().keySet()), listing.failure(), listing.notice());
    }

    private static Map<EcrRepository, Set<ImageReference>> worthAList(Collection<ImageReference> references) {
        Map<EcrRepository, Set<ImageReference>> byRepository = new LinkedHashMap<>();
        for (ImageReference reference : references) {
            if (reference.digest() == null) {
                EcrRepository.of(reference)
                        .ifPresent(repository -> byRepository
                                .computeIfAbsent(repository, key -> new LinkedHashSet<>())
                                .add(reference));
            }
        }
        byRepository.values().removeIf(wanted -> wanted.size() < WORTH_A_LIST);
        return byRepository;
    }

    private EcrListing list(EcrRepository repository, Set<String> tags, Freshness freshness) {
        EcrListing known = freshness == Freshness.FRESH ? null : index.remembered(repository, tags);
        return known != null ? known : passes.within(repository, () -> index.find(repository, tags, freshness));
    }

    private Map<ImageReference, Resolution> listed(
            EcrRepository repository, Set<ImageReference> wanted, Freshness freshness) {
        Set<String> tags = wanted.stream().map(ImageReference::tag).collect(Collectors.toSet());
        EcrListing listing = list(repository, tags, freshness);
        if (listing.failure() instanceof Resolution.Denied) {
            return others.resolve(wanted, freshness); // the list only saves HEADs, which may be allowed
        }
        Map<ImageReference, Resolution> resolutions = new HashMap<>();
        for (ImageReference reference : wanted) {
            Digest digest = listing.digests().get(reference.tag());
            Resolution found = digest == null ? new Resolution.Missing() : new Resolution.Found(digest);
            resolutions.put(reference, listing.failure() == null ? found : listing.failure());
        }
        return resolutions;
    }

    /** ECR responds 404 to a missing repository, a missing tag, and a tag whose image is archived. */
    private void explainMissing(Map<ImageReference, Resolution> resolutions, Freshness freshness) {
        Map<EcrRepository, List<ImageReference>> missing = new LinkedHashMap<>();
        resolutions.forEach((reference, resolution) -> {
            if (resolution instanceof Resolution.Missing) {
                EcrRepository.of(reference)
                        .ifPresent(repository -> missing.computeIfAbsent(repository, key -> new ArrayList<>())
                                .add(reference));
            }
        });
        missing.forEach((repository, references) -> {
            EcrListing archived = passes.within(repository, () -> index.archived(repository, freshness));
            references.forEach(reference -> resolutions.put(reference, absence(reference, archived)));
        });
    }

    private static Resolution absence(ImageReference reference, EcrListing archived) {
        if (archived.failure() == null) {
            return archived.digests().containsKey(String.valueOf(reference.tag()))
                    ? new Resolution.Missing(ARCHIVED)
                    : new Resolution.Missing();
        }
        // without permission to list, the tag is still known to be missing
        return archived.failure() instanceof Resolution.Denied ? new Resolution.Missing() : archived.failure();
    }
}
