package dev.imagemirror.registry;

import dev.imagemirror.image.Digest;
import java.io.IOException;
import java.net.URI;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHeaders;

/**
 * {@code POST /v2/<name>/blobs/uploads/}: opens an upload session, or mounts a blob from another repository of the same
 * registry. Answers the session's URI, or null if the blob was mounted.
 */
final class UploadStart extends RepositoryEndpoint<URI> {
    private final Digest digest;
    private final RegistryAddress address;
    private final RedirectPolicy redirects;

    /** @param mountFrom repository to mount from, or null */
    UploadStart(
            Repository repository, RegistryAddress address, Digest digest, String mountFrom, RedirectPolicy redirects) {
        super(
                repository,
                address,
                Scope.push(repository.path(), mountFrom),
                "/blobs/uploads/" + (mountFrom == null ? "" : "?mount=" + digest + "&from=" + mountFrom));
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
        return status == 202 || (status == 201 && scope().mountFrom() != null);
    }

    @Override
    public URI read(ClassicHttpResponse response) throws IOException {
        if (response.getCode() == 201) {
            return null;
        }
        String location = Headers.value(response, HttpHeaders.LOCATION);
        if (location == null) {
            throw new RegistryException(
                    ErrorKind.TEMPORARY, repository() + " opened an upload of " + digest + " without a Location");
        }
        try {
            return redirects.session(this, address, uri().resolve(location));
        } catch (IllegalArgumentException e) {
            throw new RegistryException(
                    ErrorKind.TEMPORARY, repository() + " opened an upload at a Location that is no URI", e);
        }
    }

    @Override
    public String subject() {
        return reference(digest);
    }
}
