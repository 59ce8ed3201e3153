package dev.imagemirror.registry.endpoint;

import dev.imagemirror.image.Digest;
import dev.imagemirror.registry.model.RegistryAddress;
import dev.imagemirror.registry.model.Repository;
import dev.imagemirror.registry.model.Scope;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;

/** {@code GET /v2/<name>/manifests/<reference>} just for its digest, where HEAD does not report it. Empty if absent. */
public final class ManifestDigestGet extends RepositoryEndpoint<Optional<Digest>> {
    private final ManifestGet get;
    private final boolean once;

    /** @param once true to not retry it */
    public ManifestDigestGet(
            Repository repository, RegistryAddress address, Scope scope, String reference, boolean once) {
        super(repository, address, scope, "/manifests/" + reference);
        this.get = new ManifestGet(repository, address, reference);
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
    public Optional<Digest> read(ClassicHttpResponse response) throws IOException {
        return response.getCode() == 404
                ? Optional.empty()
                : Optional.of(get.read(response).digest());
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
