package dev.imagemirror.registry.endpoint;

import dev.imagemirror.registry.model.Repository;
import dev.imagemirror.registry.model.Scope;
import java.net.URI;
import org.apache.hc.client5.http.classic.methods.HttpDelete;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;

/**
 * {@code DELETE <session>}: cancels an upload so that the registry can discard its data; any response will do. Returns
 * false if the registry wants another authorization.
 */
public final class UploadAbandon extends RepositoryEndpoint<Boolean> {
    public UploadAbandon(Repository repository, Scope scope, URI session) {
        super(repository, scope, session);
    }

    @Override
    public HttpUriRequestBase request(URI uri) {
        return new HttpDelete(uri);
    }

    @Override
    public boolean accepts(int status) {
        return true;
    }

    @Override
    public Boolean read(ClassicHttpResponse response) {
        return response.getCode() != 401 && response.getCode() != 403;
    }

    @Override
    public boolean isRepeatable() {
        return false;
    }

    @Override
    public String subject() {
        return "an upload to " + repository();
    }
}
