package dev.imagemirror.registry.endpoint;

import dev.imagemirror.image.Digest;
import dev.imagemirror.image.MediaTypes;
import dev.imagemirror.registry.http.Headers;
import dev.imagemirror.registry.model.RegistryAddress;
import dev.imagemirror.registry.model.Repository;
import dev.imagemirror.registry.model.Scope;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import org.apache.hc.client5.http.classic.methods.HttpHead;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHeaders;

/** {@code HEAD /v2/<name>/manifests/<reference>}: the digest of a reference. */
public final class ManifestHead extends RepositoryEndpoint<ManifestHead.Answer> {
    private final String reference;

    /** What the registry says about the manifest. */
    public sealed interface Answer {}

    /** There is none. */
    public record Absent() implements Answer {}

    /** It has this digest. */
    public record Found(Digest digest) implements Answer {}

    /** It exists, but the registry (some proxies) does not report its digest: a GET is needed. */
    public record Undisclosed() implements Answer {}

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
        if (response.getCode() == 404) {
            return new Absent();
        }
        Optional<Digest> reported = Headers.contentDigest(response);
        // what is requested by digest has that digest, whatever the header says: it names the content to copy
        Optional<Digest> digest = asDigest(reference).or(() -> reported);
        if (digest.isPresent() && reported.filter(digest.get()::contradicts).isPresent()) {
            throw ManifestGet.altered(this, "the registry reports the digest " + reported.get());
        }
        return digest.isPresent() ? new Found(digest.get()) : new Undisclosed();
    }

    @Override
    public String subject() {
        return reference(reference);
    }
}
