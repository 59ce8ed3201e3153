package dev.imagemirror.copy;

import dev.imagemirror.image.Descriptor;
import dev.imagemirror.image.Digest;
import dev.imagemirror.image.InvalidManifestException;
import dev.imagemirror.image.MediaTypes;
import dev.imagemirror.image.ReferrersIndex;
import dev.imagemirror.registry.ErrorKind;
import dev.imagemirror.registry.ManifestContent;
import dev.imagemirror.registry.RegistryClient;
import dev.imagemirror.registry.RegistryException;
import dev.imagemirror.registry.Repository;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Keeps the list of referrers in a repository whose registry does not keep it itself. Used by one thread. */
final class FallbackIndex {
    private final RegistryClient client;
    private final Repository repository;
    private final Map<Digest, Set<Digest>> listed = new HashMap<>();

    FallbackIndex(RegistryClient client, Repository repository) {
        this.client = client;
        this.repository = repository;
    }

    /** Makes sure that the repository lists the referrer. */
    void ensure(Digest subject, Digest referrer, SourceImage.Document document) throws RegistryException {
        if (!known(subject).add(referrer)) {
            return;
        }
        String tag = subject.algorithm() + "-" + subject.hex();
        try {
            byte[] index = ReferrersIndex.with(
                    existing(tag),
                    document.manifest().mediaType(),
                    document.content().bytes(),
                    referrer);
            if (index != null) {
                ManifestContent content = new ManifestContent(MediaTypes.OCI_INDEX, Digest.sha256(index), index);
                client.putManifest(repository, tag, MediaTypes.OCI_INDEX, content);
            }
        } catch (InvalidManifestException e) {
            throw new RegistryException(
                    ErrorKind.REFUSED,
                    repository + ":" + tag + " should list referrers, but " + e.getMessage() + "; remove that tag",
                    e);
        }
    }

    private Set<Digest> known(Digest subject) throws RegistryException {
        Set<Digest> known = listed.get(subject);
        if (known == null) {
            known = client.referrers(repository, subject).stream()
                    .map(Descriptor::digest)
                    .collect(Collectors.toCollection(HashSet::new));
            listed.put(subject, known);
        }
        return known;
    }

    private byte[] existing(String tag) throws RegistryException {
        return client.digest(repository, tag) == null
                ? null
                : client.manifest(repository, tag).bytes();
    }
}
