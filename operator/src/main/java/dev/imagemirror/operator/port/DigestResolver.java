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
 * Port: what the registries have. Never throws for what a registry did; throws {@link RegistryBusyException} if too many
 * passes wait for the registry already. Thread-safe; blocking.
 */
public interface DigestResolver {
    /** How old an answer may be. */
    enum Freshness {
        /** Equal questions within a sweep may be asked once. */
        CACHED,
        /** Asked after the call, as after a job. */
        FRESH
    }

    /**
     * The digests of references, each with a tag or a digest.
     *
     * @return an answer for each reference
     */
    Map<ImageReference, Resolution> resolve(Collection<ImageReference> references, Freshness freshness);

    /** The tags of a repository; the reference's own tag and digest do not matter. */
    TagListing tags(ImageReference repository, Freshness freshness);

    /**
     * What is listed as referring to an image: referrers and cosign's tags. Lists are wrong at times: some registries
     * answer with the image's own platforms.
     */
    ReferrerListing referrers(ImageReference repository, Digest image);

    /**
     * Those of {@code wanted} that are listed as referring to the image and are there: lists may be stale or made by hand.
     * Reads each manifest once for as long as this process remembers it.
     */
    ReferrerListing presentReferrers(ImageReference repository, Digest image, Set<Digest> wanted);

    /**
     * Those of {@code listed} that refer to the image by their own manifests. Reads each manifest, which registries count
     * as pulls: ask only for those that matter.
     */
    ReferrerListing confirmedReferrers(ImageReference repository, Digest image, Set<Digest> listed);

    /** Bytes of an image's blobs, all platforms; empty if they cannot be found out now. */
    OptionalLong size(ImageReference repository, Digest image);

    /**
     * What refers to an image.
     *
     * @param digests all of them; empty if {@code failure} says why they could not be read
     * @param failure null if they were read
     * @param notice what is odd about the list although it was read, for people; empty if nothing is
     */
    record ReferrerListing(Set<Digest> digests, @Nullable Resolution failure, String notice) {
        /** Copies the set. */
        public ReferrerListing {
            digests = Set.copyOf(digests);
        }

        /** All of them. */
        public ReferrerListing(Set<Digest> digests) {
            this(digests, null, "");
        }

        /** With nothing odd about it. */
        public ReferrerListing(Set<Digest> digests, @Nullable Resolution failure) {
            this(digests, failure, "");
        }
    }

    /**
     * A tag list.
     *
     * @param tags every page of it; empty if {@code failure} says why it could not be read
     * @param failure null if the list was read to its end
     * @param notice what is odd about it although it was read, for people; empty if nothing is
     */
    record TagListing(List<String> tags, @Nullable Resolution failure, String notice) {
        /** Copies the list. */
        public TagListing {
            tags = List.copyOf(tags);
        }

        /** With nothing odd about it. */
        public TagListing(List<String> tags, Resolution failure) {
            this(tags, failure, "");
        }
    }
}
