package dev.imagemirror.copy;

import dev.imagemirror.image.Descriptor;
import dev.imagemirror.image.Digest;
import dev.imagemirror.image.InvalidManifestException;
import dev.imagemirror.image.Manifest;
import dev.imagemirror.image.ManifestParser;
import dev.imagemirror.image.MediaTypes;
import dev.imagemirror.image.ReferrerList;
import dev.imagemirror.image.ReferrersIndex;
import dev.imagemirror.registry.RegistryClient;
import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.ManifestContent;
import dev.imagemirror.registry.model.RegistryException;
import dev.imagemirror.registry.model.Repository;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the list of referrers in a repository whose registry does not keep it itself. Used by one thread. */
final class FallbackIndex {
    private static final Logger LOG = LoggerFactory.getLogger(FallbackIndex.class);

    /** The first that refers to the subject ends the search. */
    private static final int MAX_CHECKED = 50;

    private final RegistryClient client;
    private final Repository repository;
    private final RepositoryCopy copy;
    private final Map<Digest, Set<Digest>> listed = new HashMap<>();

    /** @param copy what has been put into the repository */
    FallbackIndex(RegistryClient client, Repository repository, RepositoryCopy copy) {
        this.client = client;
        this.repository = repository;
        this.copy = copy;
    }

    /** Makes sure that the repository lists the referrer. */
    void ensure(Digest subject, Digest referrer, SourceImage.Document document) throws RegistryException {
        if (!known(subject).add(referrer)) {
            return;
        }
        String tag = subject.algorithm() + "-" + subject.hex();
        Optional<Digest> before = client.digest(repository, tag);
        try {
            byte[] index = ReferrersIndex.with(
                    before.isEmpty() ? null : existing(tag, subject),
                    document.manifest().mediaType(),
                    document.content().bytes(),
                    referrer);
            if (index != null) {
                ManifestContent content = new ManifestContent(MediaTypes.OCI_INDEX, Digest.sha256(index), index);
                // entries that cannot be read are somebody's and stay
                Manifest list = ReferrersIndex.index(index, MediaTypes.OCI_INDEX);
                copy.push(new SourceImage.Document(content, list), tag);
            }
        } catch (InvalidManifestException e) {
            throw new RegistryException(
                    ErrorKind.REFUSED,
                    repository + ":" + tag + " should list referrers, but " + e.getMessage() + "; remove that tag",
                    e);
        }
        if (before.equals(Optional.of(subject)) && before.equals(client.digest(repository, tag))) {
            throw new RegistryException(
                    ErrorKind.REFUSED,
                    repository + ":" + tag
                            + " should list referrers, but its registry returns the image itself even after"
                            + " a list was pushed; it does not support referrers: copy without them");
        }
    }

    private Set<Digest> known(Digest subject) throws RegistryException {
        Set<Digest> known = listed.get(subject);
        if (known == null) {
            known = client.referrers(repository, subject).referrers().stream()
                    .map(Descriptor::digest)
                    .collect(Collectors.toCollection(HashSet::new));
            listed.put(subject, known);
        }
        return known;
    }

    /**
     * The list under the tag to add to; null to begin one.
     *
     * @throws InvalidManifestException if the tag may be somebody's image, which is not this program's to replace
     */
    private byte @Nullable [] existing(String tag, Digest subject) throws RegistryException, InvalidManifestException {
        ManifestContent content = client.manifest(repository, tag);
        if (subject.matches(content.bytes())) {
            if (client.tags(repository).tags().contains(tag)) {
                throw new InvalidManifestException("it is a tag of the image itself");
            }
            return null; // some registries show the subject for want of the tag (oras-project/oras-go #1396)
        }
        Manifest manifest = parse(content);
        if (!manifest.mediaType().equals(MediaTypes.OCI_INDEX)) {
            throw new InvalidManifestException("it is of type " + manifest.mediaType());
        }
        if (isList(manifest, subject)) {
            return content.bytes();
        }
        if (manifest.manifests().stream().anyMatch(FallbackIndex::isOfAPlatform)) {
            throw new InvalidManifestException("it is a multi-platform image");
        }
        if (!ReferrersIndex.looksLikeOne(content.bytes())) {
            throw new InvalidManifestException("it is an unrelated index");
        }
        LOG.warn(
                "{}:{} lists no existing referrer of the image; replacing it (it was {})",
                repository,
                tag,
                content.digest());
        return null;
    }

    private static Manifest parse(ManifestContent content) throws InvalidManifestException {
        ReferrerList entries = ReferrersIndex.read(content.bytes(), content.contentType());
        return entries.skipped() == 0
                ? ManifestParser.parse(content.bytes(), content.contentType())
                : ReferrersIndex.index(content.bytes(), content.contentType());
    }

    private boolean isList(Manifest index, Digest subject) throws RegistryException {
        for (Descriptor entry : index.manifests().stream().limit(MAX_CHECKED).toList()) {
            if (refers(entry, subject)) {
                return true;
            }
        }
        return index.manifests().isEmpty();
    }

    /** What is listed and gone refers to nothing, and registries that check would not take it once more. */
    private boolean refers(Descriptor entry, Digest subject) throws RegistryException {
        try {
            ManifestContent content = client.manifest(repository, entry.digest().toString());
            return ManifestParser.parse(content.bytes(), content.contentType()).refersTo(subject);
        } catch (InvalidManifestException e) {
            return false;
        } catch (RegistryException e) {
            if (e.kind() == ErrorKind.NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    /** Attestations are of the platform {@code unknown/unknown}. */
    private static boolean isOfAPlatform(Descriptor entry) {
        return entry.platform() != null && !entry.platform().os().equals("unknown");
    }
}
