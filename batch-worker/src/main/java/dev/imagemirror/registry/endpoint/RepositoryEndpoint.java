package dev.imagemirror.registry.endpoint;

import dev.imagemirror.image.Digest;
import dev.imagemirror.registry.http.RegistryEndpoint;
import dev.imagemirror.registry.model.RegistryAddress;
import dev.imagemirror.registry.model.Repository;
import dev.imagemirror.registry.model.Scope;
import java.net.URI;
import java.util.Optional;

/** Base class of all endpoints under {@code /v2/<name>/}. */
abstract class RepositoryEndpoint<T> implements RegistryEndpoint<T> {
    /** A shortcut is not worth all retries: the plain way may work. */
    static final int TRIES_OF_SHORTCUTS = 2;

    private final Repository repository;
    private final Scope scope;
    private final URI uri;

    RepositoryEndpoint(Repository repository, RegistryAddress address, Scope scope, String path) {
        this(repository, scope, address.resolve("/v2/" + repository.path() + path));
    }

    RepositoryEndpoint(Repository repository, Scope scope, URI uri) {
        this.repository = repository;
        this.scope = scope;
        this.uri = uri;
    }

    @Override
    public final Repository repository() {
        return repository;
    }

    @Override
    public final Scope scope() {
        return scope;
    }

    @Override
    public final URI uri() {
        return uri;
    }

    /** The digest by which a manifest is requested; empty if {@code reference} is a tag. */
    static Optional<Digest> asDigest(String reference) {
        return reference.indexOf(':') >= 0 ? Optional.of(Digest.parse(reference)) : Optional.empty();
    }

    /** {@code registry/repository:tag} or {@code registry/repository@digest}. */
    final String reference(Object tagOrDigest) {
        String reference = tagOrDigest.toString();
        return repository + (reference.indexOf(':') >= 0 ? "@" : ":") + reference;
    }
}
