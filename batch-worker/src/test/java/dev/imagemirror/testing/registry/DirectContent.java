package dev.imagemirror.testing.registry;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A registry's content for a test to look at and to prepare, without requests, records or faults. */
public final class DirectContent {
    private final ContentStore store;

    DirectContent(ContentStore store) {
        this.store = store;
    }

    /** The names of all repositories, sorted. */
    public List<String> repositories() {
        return store.repositories();
    }

    /** Creates an empty repository. */
    public void createRepository(String name) {
        store.create(name);
    }

    /** The tags of a repository, sorted. */
    public List<String> tags(String repository) {
        return store.find(repository)
                .map(content -> List.copyOf(content.tags().keySet()))
                .orElse(List.of());
    }

    /** The digest that a tag points at. */
    public Optional<String> tagDigest(String repository, String tag) {
        return store.find(repository).map(content -> content.tags().get(tag));
    }

    /** The bytes of a manifest by tag or digest. */
    public Optional<byte[]> manifest(String repository, String reference) {
        return store.manifest(repository, reference)
                .map(manifest -> manifest.content().toBytes());
    }

    /** The media type that a manifest was pushed with. */
    public Optional<String> mediaType(String repository, String reference) {
        return store.manifest(repository, reference).map(StoredManifest::mediaType);
    }

    /** The bytes of a blob. */
    public Optional<byte[]> blob(String repository, String digest) {
        return store.blob(repository, digest).map(Content::toBytes);
    }

    /** The digests of a repository's blobs. */
    public Set<String> blobs(String repository) {
        return store.find(repository)
                .<Set<String>>map(content -> new TreeSet<>(content.blobs().keySet()))
                .orElse(Set.of());
    }

    /** The digests of a repository's manifests. */
    public Set<String> manifests(String repository) {
        return store.find(repository)
                .<Set<String>>map(content -> new TreeSet<>(content.manifests().keySet()))
                .orElse(Set.of());
    }

    /** The ids of uploads that were started and neither finished nor abandoned. */
    public List<String> uploads() {
        return store.uploads();
    }

    /** Stores a blob and returns its digest. The array is not copied. */
    public String putBlob(String repository, byte[] bytes) {
        String digest = Hashes.sha256(bytes);
        putBlobAs(repository, digest, bytes);
        return digest;
    }

    /** Stores bytes under any digest, for a registry whose storage is corrupt. */
    public void putBlobAs(String repository, String digest, byte[] bytes) {
        store.create(repository).blobs().put(digest, Content.of(bytes));
    }

    /** Stores a manifest without any check and returns its digest; {@code tag} may be empty. */
    public String putManifest(String repository, String tag, String mediaType, byte[] bytes) {
        String digest = Hashes.sha256(bytes);
        putManifestAs(repository, digest, mediaType, bytes);
        if (!tag.isEmpty()) {
            putTag(repository, tag, digest);
        }
        return digest;
    }

    /** Stores a manifest under any digest: a registry that lies, or an index that contains itself. */
    public void putManifestAs(String repository, String digest, String mediaType, byte[] bytes) {
        StoredManifest manifest = new StoredManifest(digest, mediaType, Content.of(bytes));
        store.create(repository).manifests().put(digest, manifest);
    }

    /** Points a tag at a digest, whether that exists or not. */
    public void putTag(String repository, String tag, String digest) {
        store.create(repository).tags().put(tag, digest);
    }

    /** Removes a tag, a manifest by digest (with its tags) or a blob, whatever there is of that name. */
    public void delete(String repository, String tagOrDigest) {
        store.find(repository).ifPresent(content -> {
            content.tags().remove(tagOrDigest);
            content.deleteManifest(tagOrDigest);
            content.blobs().remove(tagOrDigest);
        });
    }
}
