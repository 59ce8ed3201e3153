package dev.imagemirror.registry.endpoint;

import dev.imagemirror.image.Digest;
import dev.imagemirror.image.MediaTypes;
import dev.imagemirror.registry.http.Headers;
import dev.imagemirror.registry.model.RegistryAddress;
import dev.imagemirror.registry.model.RegistryException;
import dev.imagemirror.registry.model.Repository;
import dev.imagemirror.registry.model.Scope;
import java.io.IOException;
import java.net.URI;
import org.apache.hc.client5.http.classic.methods.HttpHead;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHeaders;

/** {@code HEAD /v2/<name>/manifests/<reference>}: which digest a reference has. */
public final class ManifestHead extends RepositoryEndpoint<ManifestHead.Answer> {
    private final String reference;

    /**
     * What the registry says of the manifest.
     *
     * @param exists whether the manifest exists
     * @param digest its digest; null if the registry does not say (some proxies), so that a GET has to find out
     */
    public record Answer(boolean exists, Digest digest) {}

    public ManifestHead(Repository repository, RegistryAddress address, Scope scope, String reference) {
        super(repository, address, scope, "/manifests/" + reference);
        this.reference = reference;
    }

    @Override
    public HttpUriRequestBase request(URI uri) {
        HttpHead request = new HttpHead(uri);
        request.addHeader(HttpHeaders.ACCEPT, MediaTypes.ACCEPT);
        return request;
    }

    @Override
    public boolean accepts(int status) {
        return status == 200 || status == 404;
    }

    @Override
    public Answer read(ClassicHttpResponse response) throws IOException {
        return response.getCode() == 404 ? new Answer(false, null) : new Answer(true, digest(response));
    }

    /** What is asked for by digest has that digest, whatever the header says: it names the content to be copied. */
    private Digest digest(ClassicHttpResponse response) throws RegistryException {
        Digest wanted = asDigest(reference);
        Digest said = Headers.contentDigest(response);
        if (wanted == null) {
            return said;
        }
        if (said != null && said.algorithm().equals(wanted.algorithm()) && !said.equals(wanted)) {
            throw ManifestGet.altered(this, "the registry says that its digest is " + said);
        }
        return wanted;
    }

    @Override
    public String subject() {
        return reference(reference);
    }
}
