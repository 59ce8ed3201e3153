package dev.imagemirror.registry.endpoint;

import dev.imagemirror.registry.model.RegistryAddress;
import dev.imagemirror.registry.model.Repository;
import dev.imagemirror.registry.model.Scope;
import java.io.IOException;
import java.net.URI;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;

/** {@code GET /v2/<name>/manifests/<reference>} for its digest alone, where HEAD does not tell it. */
public final class ManifestDigestGet extends RepositoryEndpoint<ManifestHead.Answer> {
    private final ManifestGet get;
    private final boolean once;

    /** @param once true if it is not to be tried again */
    public ManifestDigestGet(
            Repository repository, RegistryAddress address, Scope scope, String reference, boolean once) {
        super(repository, address, scope, "/manifests/" + reference);
        this.get = new ManifestGet(repository, address, reference, null);
        this.once = once;
    }

    @Override
    public HttpUriRequestBase request(URI uri) {
        return get.request(uri);
    }

    @Override
    public boolean accepts(int status) {
        return get.accepts(status) || status == 404;
    }

    @Override
    public ManifestHead.Answer read(ClassicHttpResponse response) throws IOException {
        return response.getCode() == 404
                ? new ManifestHead.Answer(false, null)
                : new ManifestHead.Answer(true, get.read(response).digest());
    }

    @Override
    public int maxTries() {
        return once ? 1 : Integer.MAX_VALUE;
    }

    @Override
    public String subject() {
        return get.subject();
    }
}
