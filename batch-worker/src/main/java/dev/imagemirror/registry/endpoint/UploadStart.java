package dev.imagemirror.registry.endpoint;

import dev.imagemirror.image.Digest;
import dev.imagemirror.registry.http.Headers;
import dev.imagemirror.registry.http.RedirectPolicy;
import dev.imagemirror.registry.http.RegistryEndpoint;
import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.RegistryAddress;
import dev.imagemirror.registry.model.RegistryException;
import dev.imagemirror.registry.model.Repository;
import dev.imagemirror.registry.model.Scope;
import java.net.URI;
import java.util.Optional;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHeaders;

/** {@code POST /v2/<name>/blobs/uploads/}: opens an upload session, and returns where to upload to. */
public final class UploadStart extends RepositoryEndpoint<URI> {
    private final Digest digest;
    private final RegistryAddress address;
    private final RedirectPolicy redirects;

    public UploadStart(Repository repository, RegistryAddress address, Digest digest, RedirectPolicy redirects) {
        super(repository, address, Scope.push(repository.path()), "/blobs/uploads/");
        this.digest = digest;
        this.address = address;
        this.redirects = redirects;
    }

    @Override
    public HttpUriRequestBase request(URI uri) {
        return new HttpPost(uri);
    }

    @Override
    public boolean accepts(int status) {
        return status == 202;
    }

    @Override
    public URI read(ClassicHttpResponse response) throws RegistryException {
        Optional<URI> session = session(this, address, redirects, response);
        return session.orElseThrow(() -> new RegistryException(
                ErrorKind.TEMPORARY, repository() + " opened an upload of " + digest + " without a Location"));
    }

    /** The session that a response opens; empty if it has no {@code Location}. */
    static Optional<URI> session(
            RegistryEndpoint<?> endpoint,
            RegistryAddress address,
            RedirectPolicy redirects,
            ClassicHttpResponse response)
            throws RegistryException {
        Optional<String> location = Headers.value(response, HttpHeaders.LOCATION);
        if (location.isEmpty()) {
            return Optional.empty();
        }
        try {
            URI session = endpoint.uri().resolve(location.get());
            return Optional.of(redirects.session(endpoint, address, session));
        } catch (IllegalArgumentException e) {
            throw new RegistryException(
                    ErrorKind.TEMPORARY,
                    endpoint.repository() + " opened an upload at a Location that is not a URI",
                    e);
        }
    }

    @Override
    public String subject() {
        return reference(digest);
    }
}
