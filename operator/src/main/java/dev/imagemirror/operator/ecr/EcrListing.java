package dev.imagemirror.operator.ecr;

import dev.imagemirror.image.Digest;
import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.Resolution;
import dev.imagemirror.registry.model.TagList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.ListImagesResponse;

/**
 * Contents of a repository, as far as listed.
 *
 * @param digests by tag; empty if {@code failure} is set
 * @param next token of the next page; null if complete
 * @param failure why the list could not be read; null on success
 * @param noTags listed names that are not valid tags
 */
record EcrListing(
        Map<String, Digest> digests,
        @Nullable String next,
        @Nullable Resolution failure,
        List<String> noTags) {
    private static final Logger LOG = LoggerFactory.getLogger(EcrListing.class);

    static EcrListing failed(Resolution failure) {
        return new EcrListing(Map.of(), null, failure, List.of());
    }

    /** What was left out, for display; may be empty. */
    String notice() {
        TagList.Builder left = new TagList.Builder();
        noTags.forEach(left::skip);
        return left.build().notice();
    }

    /** True if it covers all wanted tags that exist; an empty set means all tags. */
    boolean answers(Set<String> wanted) {
        return next == null || (!wanted.isEmpty() && digests.keySet().containsAll(wanted));
    }

    /** Accumulates consecutive pages. Not thread-safe. */
    static final class Pages {
        private final Map<String, Digest> digests = new LinkedHashMap<>();
        private final List<String> noTags = new ArrayList<>();
        private @Nullable String next;

        /** @param before pages read earlier, if any */
        Pages(@Nullable EcrListing before) {
            if (before != null) {
                digests.putAll(before.digests());
                noTags.addAll(before.noTags());
                next = before.next();
            }
        }

        void add(ListImagesResponse page) {
            page.imageIds().forEach(this::add);
            next = page.nextToken();
        }

        @Nullable
        String next() {
            return next;
        }

        /** The listing so far. */
        EcrListing listing() {
            return new EcrListing(digests, next, null, noTags);
        }

        /** An invalid tag cannot be requested, and a digest of another algorithm cannot be compared. */
        private void add(ImageIdentifier image) {
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
    }
}
