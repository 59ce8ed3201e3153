package dev.imagemirror.registry.endpoint;

import dev.imagemirror.image.Digest;
import dev.imagemirror.registry.http.Headers;
import dev.imagemirror.registry.http.RedirectPolicy;
import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.RegistryAddress;
import dev.imagemirror.registry.model.RegistryException;
import dev.imagemirror.registry.model.Repository;
import dev.imagemirror.registry.model.Scope;
import java.io.IOException;
import java.net.URI;
import java.util.Set;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHeaders;

/**
 * {@code POST /v2/<name>/blobs/uploads/}: opens an upload session, or mounts a blob from another repository of the same
 * registry.
 */
public final class UploadStart extends RepositoryEndpoint<UploadStart.Answer> {
    /** A busy registry says nothing about mounts. */
    private static final Set<Integer> BUSY = Set.of(502, 503, 504);

    private final Digest digest;
    private final RegistryAddress address;
    private final RedirectPolicy redirects;

    /**
     * What the registry made of it.
     *
     * @param isMounted true if there is nothing to upload
     * @param session where to upload to; null if the blob was mounted, or was to be mounted and cannot be
     */
    public record Answer(boolean isMounted, URI session) {}

    /** @param mountFrom repository to mount from, or null */
    public UploadStart(
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
        return status == 202 || (isMount() && (status == 201 || (status >= 500 && !BUSY.contains(status))));
    }

    @Override
    public Answer read(ClassicHttpResponse response) throws IOException {
        if (response.getCode() != 202) {
            return new Answer(response.getCode() == 201, null);
        }
        String location = Headers.value(response, HttpHeaders.LOCATION);
        if (location == null && isMount()) {
            return new Answer(false, null);
        }
        if (location == null) {
            throw new RegistryException(
                    ErrorKind.TEMPORARY, repository() + " opened an upload of " + digest + " without a Location");
        }
        try {
            return new Answer(false, redirects.session(this, address, uri().resolve(location)));
        } catch (IllegalArgumentException e) {
            throw new RegistryException(
                    ErrorKind.TEMPORARY, repository() + " opened an upload at a Location that is no URI", e);
        }
    }

    @Override
    public int maxTries() {
        return isMount() ? TRIES_OF_SHORTCUTS : Integer.MAX_VALUE;
    }

    private boolean isMount() {
        return scope().mountFrom() != null;
    }

    @Override
    public String subject() {
        return reference(digest);
    }
}
