package dev.imagemirror.operator.ecr;

import dev.imagemirror.image.Digest;
import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.cache.SingleFlightCache;
import dev.imagemirror.operator.domain.Resolution;
import dev.imagemirror.operator.port.DigestResolver.Freshness;
import dev.imagemirror.registry.model.TagList;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.ImageStatusFilter;
import software.amazon.awssdk.services.ecr.model.ListImagesRequest;
import software.amazon.awssdk.services.ecr.model.ListImagesResponse;
import software.amazon.awssdk.services.ecr.model.TagStatus;

/**
 * Tags and digests of ECR repositories by {@code ListImages}, up to 1,000 a page. Archived images, which cannot be
 * pulled, are left out, so that what is archived counts as missing. Equal questions of a sweep are asked once.
 * Thread-safe; blocking.
 */
final class EcrTagIndex {
    private static final Logger LOG = LoggerFactory.getLogger(EcrTagIndex.class);

    /** The permission that it needs. */
    static final String ACTION = "ecr:ListImages";

    /** The most that the API allows ("ListImages" in the Amazon ECR API Reference). */
    private static final int PAGE = 1000;

    /** The most tags that are remembered, of all repositories together: as many as ECR's quota for one repository. */
    private static final int REMEMBERED = 100_000;

    private final EcrClients clients;
    private final SingleFlightCache<EcrRepository, Listing> lists;
    private final SingleFlightCache<EcrRepository, Listing> archives;

    /**
     * What a repository has.
     *
     * @param digests by tag; empty if {@code failure} says why they could not be read
     * @param next where the list goes on; null if this is all of it
     * @param failure null if they were read
     * @param noTags names in it that are no tags
     */
    record Listing(
            Map<String, Digest> digests,
            @Nullable String next,
            @Nullable Resolution failure,
            List<String> noTags) {
        /** What was left out, for people; empty if nothing was. */
        String notice() {
            TagList.Builder left = new TagList.Builder();
            noTags.forEach(left::skip);
            return left.build().notice();
        }

        /** True if all of the wanted tags are in it that there are; nothing wanted stands for all. */
        boolean answers(Set<String> wanted) {
            return next == null || (!wanted.isEmpty() && digests.keySet().containsAll(wanted));
        }

        static Listing failed(Resolution failure) {
            return new Listing(Map.of(), null, failure, List.of());
        }
    }

    /** @param window how long a list stands for equal questions */
    EcrTagIndex(EcrClients clients, Clock clock, Duration window) {
        this.clients = clients;
        lists = remembering(clock, window);
        archives = remembering(clock, window);
    }

    private static SingleFlightCache<EcrRepository, Listing> remembering(Clock clock, Duration window) {
        return new SingleFlightCache<>(
                clock,
                window,
                REMEMBERED,
                listing -> listing.failure() == null,
                listing -> 1 + listing.digests().size());
    }

    /** What {@link #find} would answer without a call. */
    @Nullable
    Listing remembered(EcrRepository repository, Set<String> wanted) {
        return lists.remembered(repository, listing -> listing.answers(wanted));
    }

    /**
     * At least these tags, as far as they exist, or all if none is named; pages after the one that completes them are
     * not read.
     */
    Listing find(EcrRepository repository, Set<String> wanted, Freshness freshness) {
        return lists.ask(
                repository,
                freshness == Freshness.FRESH,
                listing -> listing.answers(wanted),
                before -> list(repository, wanted, before),
                Listing.failed(unanswered(repository)));
    }

    /** Which tags are archived, as far as the first page of those tells; fails if there is no such repository. */
    Listing archived(EcrRepository repository, Freshness freshness) {
        return archives.ask(
                repository,
                freshness == Freshness.FRESH,
                any -> true,
                before -> askForArchived(repository),
                Listing.failed(unanswered(repository)));
    }

    private Listing askForArchived(EcrRepository repository) {
        Map<String, Digest> digests = new LinkedHashMap<>();
        try {
            client(repository)
                    .listImages(request(repository, ImageStatusFilter.ARCHIVED).build())
                    .imageIds()
                    .forEach(image -> add(image, digests, new ArrayList<>()));
            return new Listing(digests, null, null, List.of());
        } catch (SdkException e) {
            return Listing.failed(EcrErrors.resolution(repository, ACTION, e));
        }
    }

    private Listing list(EcrRepository repository, Set<String> wanted, Listing before) {
        Map<String, Digest> digests = new LinkedHashMap<>(before == null ? Map.of() : before.digests());
        List<String> noTags = new ArrayList<>(before == null ? List.of() : before.noTags());
        Listing listing = before;
        try {
            Set<String> seen = new HashSet<>();
            do {
                ListImagesResponse page = client(repository)
                        .listImages(request(repository, ImageStatusFilter.ACTIVE)
                                .nextToken(listing == null ? null : listing.next())
                                .build());
                page.imageIds().forEach(image -> add(image, digests, noTags));
                listing = new Listing(digests, page.nextToken(), null, noTags);
                if (page.nextToken() != null && !seen.add(page.nextToken())) {
                    return Listing.failed(endless(repository));
                }
            } while (!listing.answers(wanted));
            return listing;
        } catch (SdkException e) {
            return Listing.failed(EcrErrors.resolution(repository, ACTION, e));
        }
    }

    private static Resolution unanswered(EcrRepository repository) {
        return new Resolution.Unavailable(repository + " could not be listed", false, null);
    }

    private static Resolution endless(EcrRepository repository) {
        String message =
                "the list of tags of " + repository + " is incomplete: its pages repeat, so it never ends";
        return new Resolution.Unavailable(message, false, null);
    }

    /** Nothing can be asked for by a name that is no tag, and nothing compared with a digest of another algorithm. */
    private static void add(ImageIdentifier image, Map<String, Digest> digests, List<String> noTags) {
        if (image.imageTag() == null || image.imageDigest() == null) {
            return;
        }
        try {
            if (ImageReference.isTag(image.imageTag())) {
                digests.put(image.imageTag(), Digest.parse(image.imageDigest()));
                return;
            }
            noTags.add(image.imageTag());
        } catch (IllegalArgumentException e) {
            LOG.debug("ignoring the digest of {}: {}", image.imageTag(), e.getMessage());
        }
    }

    private EcrClient client(EcrRepository repository) {
        return clients.of(repository.registry());
    }

    private static ListImagesRequest.Builder request(EcrRepository repository, ImageStatusFilter status) {
        return ListImagesRequest.builder()
                .registryId(repository.registry().account())
                .repositoryName(repository.name())
                .filter(filter -> filter.tagStatus(TagStatus.TAGGED).imageStatus(status))
                .maxResults(PAGE);
    }
}
