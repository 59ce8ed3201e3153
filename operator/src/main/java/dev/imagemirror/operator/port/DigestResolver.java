package dev.imagemirror.operator.port;

import dev.imagemirror.image.Digest;
import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.Resolution;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Port: contents of the registries. Registry failures are results, not exceptions; throws {@link RegistryBusyException}
 * if too many passes already wait for the registry. Thread-safe; blocking.
 */
public interface DigestResolver {
    /** Maximum age of an answer. */
    enum Freshness {
        /** May reuse the answer to an equal question of the same sweep. */
        CACHED,
        /** Queried after the call, such as after a job. */
        FRESH
    }

    /**
     * Resolves references, each with a tag or a digest.
     *
     * @return an answer for each reference
     */
    Map<ImageReference, Resolution> resolve(Collection<ImageReference> references, Freshness freshness);

    /** Tags of a repository; the reference's own tag and digest are ignored. */
    TagListing tags(ImageReference repository, Freshness freshness);

    /**
     * Everything listed as referring to an image: referrers and cosign's tags. Lists may be wrong: some registries
     * return the image's own platforms.
     */
    ReferrerListing referrers(ImageReference repository, Digest image);

    /**
     * The {@code wanted} digests that are listed as referring to the image and exist: lists may be stale or hand-made.
     * Reads each manifest once, as long as it stays cached.
     */
    ReferrerListing presentReferrers(ImageReference repository, Digest image, Set<Digest> wanted);

    /**
     * The {@code listed} digests whose own manifests refer to the image. Reads each manifest, which registries count as
     * pulls: pass only those that matter.
     */
    ReferrerListing confirmedReferrers(ImageReference repository, Digest image, Set<Digest> listed);

    /** Total blob bytes of an image, all platforms; empty if currently unavailable. */
    OptionalLong size(ImageReference repository, Digest image);

    /**
     * Referrers of an image.
     *
     * @param digests all referrers; empty if {@code failure} is set
     * @param failure why they could not be read; null on success
     * @param notice what is odd about a list that was read, for display; may be empty
     */
    record ReferrerListing(Set<Digest> digests, @Nullable Resolution failure, String notice) {
        /** Copies the set. */
        public ReferrerListing {
            digests = Set.copyOf(digests);
        }

        /** A complete list. */
        public ReferrerListing(Set<Digest> digests) {
            this(digests, null, "");
        }

        /** A list without a notice. */
        public ReferrerListing(Set<Digest> digests, @Nullable Resolution failure) {
            this(digests, failure, "");
        }
    }

    /**
     * A tag list.
     *
     * @param tags from all pages; empty if {@code failure} is set
     * @param failure why the list could not be read to its end; null on success
     * @param notice what is odd about a list that was read, for display; may be empty
     */
    record TagListing(List<String> tags, @Nullable Resolution failure, String notice) {
        /** Copies the list. */
        public TagListing {
            tags = List.copyOf(tags);
        }

        /** A list without a notice. */
        public TagListing(List<String> tags, Resolution failure) {
            this(tags, failure, "");
        }
    }
}
