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
 * What a repository has, as far as its list was read.
 *
 * @param digests by tag; empty if {@code failure} says why they could not be read
 * @param next where the list goes on; null if this is all of it
 * @param failure why they could not be read, if they could not
 * @param noTags names in it that are no tags
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

    /** Pages, read one after the other. Not thread-safe. */
    static final class Pages {
        private final Map<String, Digest> digests = new LinkedHashMap<>();
        private final List<String> noTags = new ArrayList<>();
        private @Nullable String next;

        /** @param before the pages that were read earlier, if any were */
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

        /** What was read so far. */
        EcrListing listing() {
            return new EcrListing(digests, next, null, noTags);
        }

        /** Nothing can be asked for by a name that is no tag, and nothing compared with a digest of another algorithm. */
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
