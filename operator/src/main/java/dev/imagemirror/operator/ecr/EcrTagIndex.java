package dev.imagemirror.operator.ecr;

import dev.imagemirror.operator.cache.SingleFlightCache;
import dev.imagemirror.operator.domain.Resolution;
import dev.imagemirror.operator.port.DigestResolver.Freshness;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.ImageStatusFilter;
import software.amazon.awssdk.services.ecr.model.ListImagesRequest;
import software.amazon.awssdk.services.ecr.model.TagStatus;

/**
 * Lists tags and digests of ECR repositories with {@code ListImages}, up to 1,000 per page. Skips archived images,
 * which cannot be pulled, so they count as missing. Asks equal questions of a sweep once. Thread-safe; blocking.
 */
final class EcrTagIndex {
    /** The required permission. */
    static final String ACTION = "ecr:ListImages";

    /** The API's maximum ("ListImages" in the Amazon ECR API Reference). */
    private static final int PAGE = 1000;

    /** Maximum cached tags over all repositories: ECR's quota for a single one. */
    private static final int REMEMBERED = 100_000;

    private final EcrClients clients;
    private final SingleFlightCache<EcrRepository, EcrListing> lists;
    private final SingleFlightCache<EcrRepository, EcrListing> archives;

    /** @param window how long a list is reused for equal questions */
    EcrTagIndex(EcrClients clients, Clock clock, Duration window) {
        this.clients = clients;
        lists = remembering(clock, window);
        archives = remembering(clock, window);
    }

    private static SingleFlightCache<EcrRepository, EcrListing> remembering(Clock clock, Duration window) {
        return new SingleFlightCache<>(
                clock,
                window,
                REMEMBERED,
                listing -> listing.failure() == null,
                listing -> 1 + listing.digests().size());
    }

    /** The answer {@link #find} would give without a call. */
    @Nullable
    EcrListing remembered(EcrRepository repository, Set<String> wanted) {
        return lists.remembered(repository, listing -> listing.answers(wanted));
    }

    /** At least these tags, as far as they exist, or all if none is named; stops at the page that completes them. */
    EcrListing find(EcrRepository repository, Set<String> wanted, Freshness freshness) {
        return lists.ask(
                repository,
                freshness == Freshness.FRESH,
                listing -> listing.answers(wanted),
                before -> list(repository, wanted, before),
                EcrListing.failed(unanswered(repository)));
    }

    /** Archived tags, from the first page only; fails if the repository does not exist. */
    EcrListing archived(EcrRepository repository, Freshness freshness) {
        return archives.ask(
                repository,
                freshness == Freshness.FRESH,
                any -> true,
                before -> askForArchived(repository),
                EcrListing.failed(unanswered(repository)));
    }

    private EcrListing askForArchived(EcrRepository repository) {
        EcrListing.Pages first = new EcrListing.Pages(null);
        try {
            first.add(client(repository)
                    .listImages(request(repository, ImageStatusFilter.ARCHIVED).build()));
            return first.listing();
        } catch (SdkException e) {
            return EcrListing.failed(EcrErrors.resolution(repository, ACTION, e));
        }
    }

    private EcrListing list(EcrRepository repository, Set<String> wanted, @Nullable EcrListing before) {
        EcrListing.Pages pages = new EcrListing.Pages(before);
        Set<String> seen = new HashSet<>();
        try {
            do {
                pages.add(client(repository)
                        .listImages(request(repository, ImageStatusFilter.ACTIVE)
                                .nextToken(pages.next())
                                .build()));
                if (pages.next() != null && !seen.add(pages.next())) {
                    return EcrListing.failed(endless(repository));
                }
            } while (!pages.listing().answers(wanted));
            return pages.listing();
        } catch (SdkException e) {
            return EcrListing.failed(EcrErrors.resolution(repository, ACTION, e));
        }
    }

    private static Resolution unanswered(EcrRepository repository) {
        return new Resolution.Unavailable(repository + " could not be listed", false, null);
    }

    private static Resolution endless(EcrRepository repository) {
        String message = "the list of tags of " + repository + " is incomplete: its pages repeat, so it never ends";
        return Resolution.Unavailable.brokenList(message);
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
