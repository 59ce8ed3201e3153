package dev.imagemirror.testing.registry;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** Everything that a registry holds; safe for any thread. Blobs belong to a repository, as the specification says. */
final class ContentStore {
    private final ConcurrentMap<String, RepositoryContent> repositories = new ConcurrentSkipListMap<>();
    private final ConcurrentMap<String, Upload> uploads = new ConcurrentHashMap<>();

    List<String> repositories() {
        return List.copyOf(repositories.keySet());
    }

    Optional<RepositoryContent> find(String name) {
        return Optional.ofNullable(repositories.get(name));
    }

    RepositoryContent create(String name) {
        return repositories.computeIfAbsent(name, key -> new RepositoryContent());
    }

    Optional<Content> blob(String repository, String digest) {
        return find(repository).map(content -> content.blobs().get(digest));
    }

    Optional<StoredManifest> manifest(String repository, String reference) {
        return find(repository).flatMap(content -> content.manifest(reference));
    }

    Upload startUpload(String repository) {
        Upload upload = new Upload(UUID.randomUUID().toString(), repository);
        uploads.put(upload.id(), upload);
        return upload;
    }

    Optional<Upload> upload(String repository, String id) {
        return Optional.ofNullable(uploads.get(id))
                .filter(upload -> upload.repository().equals(repository));
    }

    void endUpload(Upload upload) {
        uploads.remove(upload.id());
    }

    List<String> uploads() {
        return List.copyOf(uploads.keySet());
    }
}
