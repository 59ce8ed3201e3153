package dev.imagemirror.registry;

import dev.imagemirror.image.Descriptor;
import dev.imagemirror.image.Digest;
import dev.imagemirror.registry.endpoint.BlobGet;
import dev.imagemirror.registry.endpoint.BlobMount;
import dev.imagemirror.registry.endpoint.BlobPartGet;
import dev.imagemirror.registry.endpoint.BlobPut;
import dev.imagemirror.registry.endpoint.StallWatch;
import dev.imagemirror.registry.endpoint.UploadAbandon;
import dev.imagemirror.registry.endpoint.UploadStart;
import dev.imagemirror.registry.http.BlobStream;
import dev.imagemirror.registry.http.RedirectPolicy;
import dev.imagemirror.registry.model.BlobBody;
import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.RegistryException;
import dev.imagemirror.registry.model.Repository;
import dev.imagemirror.registry.model.Scope;
import java.net.URI;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Downloads, mounts and uploads of blobs; if a shortcut fails, falls back to the plain way. Thread-safe; blocking. */
final class BlobCalls {
    private static final Logger LOG = LoggerFactory.getLogger(BlobCalls.class);

    private final RegistryCaller caller;
    private final HiddenRepositories hidden;
    private final RedirectPolicy redirects;
    private final StallWatch stalls;

    BlobCalls(RegistryCaller caller, HiddenRepositories hidden, RedirectPolicy redirects, StallWatch stalls) {
        this.caller = caller;
        this.hidden = hidden;
        this.redirects = redirects;
        this.stalls = stalls;
    }

    BlobStream read(Repository repository, Descriptor blob, long offset) throws RegistryException {
        Optional<BlobStream> part = offset == 0
                ? Optional.empty()
                : ifAvailable(
                        blob.digest() + " from byte " + offset,
                        () -> caller.call(repository, address -> new BlobPartGet(repository, address, blob, offset)),
                        Optional.empty());
        return part.isPresent()
                ? part.get()
                : caller.call(repository, address -> new BlobGet(repository, address, blob, offset));
    }

    Optional<URI> mountOrStartUpload(Repository repository, Digest digest, String from) throws RegistryException {
        BlobMount.Answer answer = ifAvailable(
                "a mount of " + digest + " from " + from,
                () -> caller.call(repository, address -> new BlobMount(repository, address, digest, from, redirects)),
                new BlobMount.Declined());
        if (answer instanceof BlobMount.Mounted) {
            return Optional.empty();
        }
        return Optional.of(
                answer instanceof BlobMount.Session session ? session.uri() : startUpload(repository, digest));
    }

    URI startUpload(Repository repository, Digest digest) throws RegistryException {
        return hidden.push(repository, address -> new UploadStart(repository, address, digest, redirects));
    }

    /** The result of a shortcut; {@code otherwise} if it fails, except by a rate limit or an interrupt. */
    private static <T> T ifAvailable(String shortcut, HiddenRepositories.Question<T> question, T otherwise)
            throws RegistryException {
        try {
            return question.ask();
        } catch (RegistryException e) {
            if (e.isThrottled() || Thread.currentThread().isInterrupted()) {
                throw e;
            }
            LOG.debug("{} is not available: {}", shortcut, e.getMessage());
            return otherwise;
        }
    }

    void put(Repository repository, URI session, Descriptor blob, BlobBody body) throws RegistryException {
        caller.call(repository, address -> new BlobPut(repository, session, blob, body, stalls));
    }

    void abandonUpload(Repository repository, URI session) throws RegistryException {
        // some registries require the delete permission, others do not know it or do not grant it to everyone
        if (!tryToAbandon(repository, Scope.delete(repository.path()), session)) {
            tryToAbandon(repository, Scope.push(repository.path()), session);
        }
    }

    private boolean tryToAbandon(Repository repository, Scope scope, URI session) throws RegistryException {
        try {
            return caller.call(repository, address -> new UploadAbandon(repository, scope, session));
        } catch (RegistryException e) {
            if (e.kind() == ErrorKind.ACCESS_DENIED) {
                return false; // no such token is available
            }
            throw e;
        }
    }
}
