package dev.imagemirror.operator.ecr;

import dev.imagemirror.image.Digest;
import dev.imagemirror.operator.domain.Resolution;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.ImageStatusFilter;
import software.amazon.awssdk.services.ecr.model.ListImagesRequest;
import software.amazon.awssdk.services.ecr.model.ListImagesResponse;
import software.amazon.awssdk.services.ecr.model.TagStatus;

/**
 * Tags and digests of ECR repositories by {@code ListImages}, up to 1,000 a page. Archived images, which cannot be
 * pulled, are left out, so that what is archived counts as missing. Thread-safe; blocking.
 */
final class EcrTagIndex {
    /** The permission that it needs. */
    static final String ACTION = "ecr:ListImages";

    /** The most that the API allows ("ListImages" in the Amazon ECR API Reference). */
    private static final int PAGE = 1000;

    private final EcrClients clients;

    /**
     * What a repository has.
     *
     * @param digests by tag; empty if {@code failure} says why they could not be read
     * @param failure null if they were read
     */
    record Listing(Map<String, Digest> digests, Resolution failure) {}

    EcrTagIndex(EcrClients clients) {
        this.clients = clients;
    }

    /** All tags. */
    Listing all(EcrRepository repository) {
        return list(repository, Set.of());
    }

    /** At least these tags, as far as they exist; pages after the one that completes them are not read. */
    Listing find(EcrRepository repository, Set<String> wanted) {
        return list(repository, wanted);
    }

    /** Which tags are archived, as far as the first page of those tells; fails if there is no such repository. */
    Listing archived(EcrRepository repository) {
        Map<String, Digest> digests = new LinkedHashMap<>();
        try {
            client(repository)
                    .listImages(request(repository, ImageStatusFilter.ARCHIVED).build())
                    .imageIds()
                    .forEach(image -> add(image, digests));
            return new Listing(digests, null);
        } catch (SdkException e) {
            return new Listing(Map.of(), EcrErrors.resolution(repository, ACTION, e));
        }
    }

    private Listing list(EcrRepository repository, Set<String> wanted) {
        Map<String, Digest> digests = new LinkedHashMap<>();
        try {
            String next = null;
            do {
                ListImagesResponse page = client(repository)
                        .listImages(request(repository, ImageStatusFilter.ACTIVE)
                                .nextToken(next)
                                .build());
                page.imageIds().forEach(image -> add(image, digests));
                next = page.nextToken();
            } while (next != null && !isComplete(digests, wanted));
            return new Listing(digests, null);
        } catch (SdkException e) {
            return new Listing(Map.of(), EcrErrors.resolution(repository, ACTION, e));
        }
    }

    private static boolean isComplete(Map<String, Digest> digests, Set<String> wanted) {
        return !wanted.isEmpty() && digests.keySet().containsAll(wanted);
    }

    private static void add(ImageIdentifier image, Map<String, Digest> digests) {
        if (image.imageTag() != null && image.imageDigest() != null) {
            digests.put(image.imageTag(), Digest.parse(image.imageDigest()));
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
