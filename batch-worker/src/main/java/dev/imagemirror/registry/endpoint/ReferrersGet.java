package dev.imagemirror.registry.endpoint;

import dev.imagemirror.image.Digest;
import dev.imagemirror.image.InvalidManifestException;
import dev.imagemirror.image.MediaTypes;
import dev.imagemirror.image.ReferrerList;
import dev.imagemirror.image.ReferrersIndex;
import dev.imagemirror.registry.http.Headers;
import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.RegistryException;
import dev.imagemirror.registry.model.Repository;
import dev.imagemirror.registry.model.Scope;
import java.io.IOException;
import java.net.URI;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHeaders;

/** {@code GET /v2/<name>/referrers/<digest>}: one page of a digest's referrers. */
public final class ReferrersGet extends RepositoryEndpoint<ReferrersGet.Page> {

    /**
     * One page of the list.
     *
     * @param supported false if the registry has no referrers API, or returns something other than a list
     * @param referrers of this page
     * @param next where it continues
     */
    public record Page(boolean supported, ReferrerList referrers, NextLink next) {
        /** The response of a registry without the API. */
        public static final Page UNSUPPORTED = new Page(false, ReferrerList.NONE, new NextLink.None());
    }

    private final Digest subject;

    public ReferrersGet(Repository repository, URI uri, Digest subject) {
        super(repository, Scope.pull(repository.path()), uri);
        this.subject = subject;
    }

    @Override
    public HttpUriRequestBase request(URI uri) {
        HttpGet request = new HttpGet(uri);
        request.addHeader(HttpHeaders.ACCEPT, MediaTypes.OCI_INDEX);
        return request;
    }

    @Override
    public boolean accepts(int status) {
        return status == 200 || status == 404 || status == 501;
    }

    @Override
    public Page read(ClassicHttpResponse response) throws IOException {
        String type = Headers.value(response, HttpHeaders.CONTENT_TYPE).orElse("");
        if (response.getCode() != 200 || !type.startsWith(MediaTypes.OCI_INDEX)) {
            return Page.UNSUPPORTED;
        }
        try {
            byte[] body = response.getEntity().getContent().readNBytes(ManifestGet.MAX_BYTES + 1);
            if (body.length > ManifestGet.MAX_BYTES) {
                throw new RegistryException(
                        ErrorKind.INVALID_IMAGE,
                        subject() + " has a page of more than " + ManifestGet.MAX_BYTES + " bytes");
            }
            if (subject.matches(body)) {
                return Page.UNSUPPORTED; // the image itself, as some proxies return it
            }
            return new Page(true, ReferrersIndex.read(body, type), NextLink.of(this, response));
        } catch (InvalidManifestException e) {
            throw new RegistryException(
                            ErrorKind.REFUSED,
                            subject() + " cannot be read: " + e.getMessage()
                                    + "; correct it there, or copy without referrers",
                            e)
                    .asBrokenList();
        }
    }

    @Override
    public boolean isUnverifiedDocument() {
        return true;
    }

    @Override
    public String subject() {
        return "the list of referrers at " + uri();
    }
}
