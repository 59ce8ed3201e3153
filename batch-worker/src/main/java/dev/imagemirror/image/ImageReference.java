package dev.imagemirror.image;

import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A canonical image reference: registry, repository, and a tag, a digest, both or neither.
 *
 * <p>Docker's short forms are expanded ({@code golang:1.17} is {@code docker.io/library/golang:1.17}), Docker Hub's
 * aliases are one registry, host names are lower-case and the default port 443 is dropped. Immutable, thread-safe.
 *
 * @param registry host, or {@code host:port}; an IPv6 literal is in brackets
 * @param repository path in the registry
 * @param tag the tag, if any
 * @param digest the digest, if any
 */
public record ImageReference(
        String registry,
        String repository,
        @Nullable String tag,
        @Nullable Digest digest) {
    /** The canonical name of Docker Hub. */
    public static final String DOCKER_HUB = "docker.io";

    private static final String DOCKER_HUB_WIRE_HOST = "registry-1.docker.io";

    /** OCI distribution specification, "Pulling manifests". */
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");

    /**
     * Registry and repository are required and must come from {@link #parse}; a tag may come from anywhere.
     *
     * @throws IllegalArgumentException if the tag is invalid
     */
    public ImageReference {
        Objects.requireNonNull(registry, "registry");
        Objects.requireNonNull(repository, "repository");
        if (tag != null && !isTag(tag)) {
            throw new IllegalArgumentException("'" + tag + "' is not a tag");
        }
    }

    /** True if this is a valid tag. */
    public static boolean isTag(String text) {
        return TAG.matcher(text).matches();
    }

    /**
     * Parses a reference as users write it. Adds no tag: see {@link #withDefaultTag}.
     *
     * @throws InvalidReferenceException naming the reference and its fault
     */
    public static ImageReference parse(String text) {
        return new ReferenceParser(text).parse();
    }

    /** The {@code host[:port]} that serves this registry; Docker Hub's API has its own host name. */
    public String wireHost() {
        return registry.equals(DOCKER_HUB) ? DOCKER_HUB_WIRE_HOST : registry;
    }

    /** This reference with {@code newTag} and without a digest. */
    public ImageReference withTag(@Nullable String newTag) {
        return new ImageReference(registry, repository, newTag, null);
    }

    /** This reference with {@code newDigest}; a tag is kept. */
    public ImageReference withDigest(Digest newDigest) {
        return new ImageReference(registry, repository, tag, newDigest);
    }

    /** This reference, with tag {@code latest} if it has neither tag nor digest. */
    public ImageReference withDefaultTag() {
        return tag == null && digest == null ? withTag("latest") : this;
    }

    /** What is requested from the registry: the digest if there is one, else the tag, if any. */
    public @Nullable String wireReference() {
        return digest != null ? digest.toString() : tag;
    }

    /** {@code registry/repository}, without tag and digest. */
    public String name() {
        return registry + "/" + repository;
    }

    /**
     * A reference that is equal for all spellings of one place: ECR's FIPS and dual-stack host names become the
     * registry's plain host name.
     */
    public ImageReference identity() {
        return EcrRegistry.of(registry)
                .map(ecr -> new ImageReference(ecr.plainHost(), repository, tag, digest))
                .orElse(this);
    }

    /** The canonical text; parsing it gives an equal reference. */
    @Override
    public String toString() {
        return name() + (tag == null ? "" : ":" + tag) + (digest == null ? "" : "@" + digest);
    }
}
