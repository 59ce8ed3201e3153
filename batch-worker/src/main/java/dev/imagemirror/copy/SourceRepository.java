package dev.imagemirror.copy;

import dev.imagemirror.image.Descriptor;
import dev.imagemirror.image.Digest;
import dev.imagemirror.image.ReferrerList;
import dev.imagemirror.registry.RegistryClient;
import dev.imagemirror.registry.http.BlobStream;
import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.ManifestContent;
import dev.imagemirror.registry.model.RegistryException;
import dev.imagemirror.registry.model.Repository;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The repository to copy from: its mirrors in the order of the configuration, then the registry itself. What one cannot
 * give, the next is asked for; the registry's own error is the one that counts. A mirror that does not answer, or not
 * with what it should, is asked no more. Thread-safe.
 */
final class SourceRepository {
    private static final Logger LOG = LoggerFactory.getLogger(SourceRepository.class);

    private final RegistryClient client;
    private final List<Repository> places;
    private final Set<Repository> passedOver = ConcurrentHashMap.newKeySet();
    private final Set<Digest> oddLists = ConcurrentHashMap.newKeySet();
    private final AtomicLong bytes = new AtomicLong();

    /** @param places never empty; the last is the registry itself */
    SourceRepository(RegistryClient client, List<Repository> places) {
        this.client = client;
        this.places = List.copyOf(places);
    }

    /** One question to one place. */
    @FunctionalInterface
    private interface Question<T> {
        T ask(Repository place) throws RegistryException;
    }

    /** A blob's bytes, and who gives them. */
    record Blob(BlobStream stream, Repository place) {}

    /** The digest of a reference. */
    Digest resolve(String reference) throws RegistryException {
        return first(place -> client.digest(place, reference).orElseThrow(() -> notFound(place, reference)));
    }

    /** The digest of a tag, if there is one. */
    Optional<Digest> find(String tag) throws RegistryException {
        try {
            return client.digest(origin(), tag);
        } catch (RegistryException e) {
            if (e.isNameRefused()) {
                return Optional.empty(); // a registry that rejects such a tag has none
            }
            throw asSourceFault(e);
        }
    }

    ManifestContent manifest(Digest digest) throws RegistryException {
        return first(place -> client.manifest(place, digest.toString()));
    }

    /**
     * A manifest of a type that registries need not know, so they may serve it only if it is accepted.
     *
     * @param mediaType to accept besides the usual ones; empty for none
     */
    ManifestContent manifest(Digest digest, String mediaType) throws RegistryException {
        return first(place -> client.manifest(place, digest.toString(), mediaType));
    }

    Blob blob(Descriptor blob, long offset) throws RegistryException {
        try {
            return first(place -> new Blob(client.blob(place, blob, offset), place));
        } catch (RegistryException e) {
            throw e.kind() == ErrorKind.SOURCE_NOT_FOUND ? e.as(ErrorKind.INCOMPLETE_SOURCE) : e;
        }
    }

    /**
     * What the place gave was of no use: if it is a mirror, it is not asked again.
     *
     * @return true if it is a mirror
     */
    boolean passOver(Repository place, RegistryException reason) {
        if (place != origin() && passedOver.add(place)) {
            LOG.debug("skipping mirror {} from now on: {}", place, reason.getMessage());
        }
        return place != origin();
    }

    /** What is listed as referring to the subject; only the manifests themselves say whether they do. */
    List<Descriptor> referrers(Digest subject) throws RegistryException {
        try {
            ReferrerList list = client.referrers(origin(), subject);
            if (list.skipped() > 0 && oddLists.add(subject)) { // each destination asks
                LOG.warn("{}@{}: {}", origin(), subject, list.notice());
            }
            return list.referrers();
        } catch (RegistryException e) {
            throw asSourceFault(e);
        }
    }

    void countBytes(int count) {
        bytes.addAndGet(count);
    }

    long bytes() {
        return bytes.get();
    }

    int requests() {
        return places.stream().mapToInt(Repository::requests).sum();
    }

    /** The registry itself, which blobs may be mounted from. */
    Repository origin() {
        return places.get(places.size() - 1);
    }

    private <T> T first(Question<T> question) throws RegistryException {
        for (Repository mirror : places.subList(0, places.size() - 1)) {
            if (passedOver.contains(mirror)) {
                continue;
            }
            try {
                return question.ask(mirror);
            } catch (RegistryException e) {
                if (Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                // a mirror may lack anything: the registry itself has the last word
                if (e.kind() == ErrorKind.TEMPORARY) {
                    passOver(mirror, e);
                }
            }
        }
        try {
            return question.ask(origin());
        } catch (RegistryException e) {
            throw asSourceFault(e);
        }
    }

    /** Reads are refused in the same words as pushes: without this, a destination would be blamed. */
    private static RegistryException asSourceFault(RegistryException e) {
        return switch (e.kind()) {
            case NOT_FOUND -> e.as(ErrorKind.SOURCE_NOT_FOUND);
            case NOT_ALLOWED -> e.as(ErrorKind.SOURCE_NOT_ALLOWED);
            case REFUSED -> e.as(ErrorKind.SOURCE_REFUSED, "the source refused the request: " + e.getMessage());
            default -> e;
        };
    }

    private static RegistryException notFound(Repository place, String reference) {
        return new RegistryException(
                ErrorKind.NOT_FOUND,
                place + (reference.indexOf(':') >= 0 ? "@" : ":") + reference
                        + " does not exist; check the source's name and tag, and that these credentials may read it");
    }
}
