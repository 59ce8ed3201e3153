package dev.imagemirror.registry.endpoint;

import dev.imagemirror.image.Digest;
import dev.imagemirror.registry.model.RegistryAddress;
import dev.imagemirror.registry.model.Repository;
import dev.imagemirror.registry.model.Scope;
import java.net.URI;
import org.apache.hc.client5.http.classic.methods.HttpHead;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;

/** {@code HEAD /v2/<name>/blobs/<digest>}: whether a repository has a blob. */
public final class BlobHead extends RepositoryEndpoint<Boolean> {
    private final Digest digest;

    public BlobHead(Repository repository, RegistryAddress address, Digest digest) {
        super(repository, address, Scope.push(repository.path()), "/blobs/" + digest);
        this.digest = digest;
    }

    @Override
    public HttpUriRequestBase request(URI uri) {
        return new HttpHead(uri);
    }

    @Override
    public boolean accepts(int status) {
        return status == 200 || status == 404;
    }

    @Override
    public Boolean read(ClassicHttpResponse response) {
        return response.getCode() == 200;
    }

    @Override
    public String subject() {
        return reference(digest);
    }
}
