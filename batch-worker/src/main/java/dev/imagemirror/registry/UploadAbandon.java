package dev.imagemirror.registry;

import java.net.URI;
import org.apache.hc.client5.http.classic.methods.HttpDelete;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;

/** {@code DELETE <session>}: gives up an upload so that the registry need not keep its data; any answer will do. */
final class UploadAbandon extends RepositoryEndpoint<Void> {
    UploadAbandon(Repository repository, URI session) {
        super(repository, Scope.push(repository.path()), session);
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
    public Void read(ClassicHttpResponse response) {
        return null;
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
