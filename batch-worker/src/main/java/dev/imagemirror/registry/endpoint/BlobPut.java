package dev.imagemirror.registry.endpoint;

import dev.imagemirror.image.Descriptor;
import dev.imagemirror.image.Digest;
import dev.imagemirror.registry.model.BlobBody;
import dev.imagemirror.registry.model.Repository;
import dev.imagemirror.registry.model.Scope;
import java.net.URI;
import org.apache.hc.client5.http.classic.methods.HttpPut;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;

/**
 * {@code PUT <session>?digest=}: a whole blob in one request, never in several {@code PATCH}es, of which ECR keeps only
 * the first. Returns the blob's digest.
 */
public final class BlobPut extends RepositoryEndpoint<Digest> {
    private final Descriptor blob;
    private final BlobBody body;
    private final StallWatch stalls;

    public BlobPut(Repository repository, URI session, Descriptor blob, BlobBody body, StallWatch stalls) {
        super(repository, Scope.push(repository.path()), withDigest(session, blob));
        this.blob = blob;
        this.body = body;
        this.stalls = stalls;
    }

    @Override
    public HttpUriRequestBase request(URI uri) {
        HttpPut request = new HttpPut(uri);
        request.setEntity(new BlobEntity(blob.size(), body, stalls, request::cancel));
        return request;
    }

    @Override
    public boolean accepts(int status) {
        return status == 201 || status == 204 || status == 200;
    }

    @Override
    public Digest read(ClassicHttpResponse response) {
        return blob.digest();
    }

    @Override
    public boolean isRepeatable() {
        return false;
    }

    @Override
    public long bodyBytes() {
        return blob.size();
    }

    @Override
    public String subject() {
        return reference(blob.digest());
    }

    private static URI withDigest(URI session, Descriptor blob) {
        String separator = session.getRawQuery() == null ? "?" : "&";
        return URI.create(session + separator + "digest=" + blob.digest().algorithm() + "%3A"
                + blob.digest().hex());
    }
}
