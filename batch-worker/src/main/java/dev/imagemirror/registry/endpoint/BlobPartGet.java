package dev.imagemirror.registry.endpoint;

import dev.imagemirror.image.Descriptor;
import dev.imagemirror.registry.http.BlobStream;
import dev.imagemirror.registry.http.Headers;
import dev.imagemirror.registry.http.ResponseEnd;
import dev.imagemirror.registry.model.RegistryAddress;
import dev.imagemirror.registry.model.Repository;
import dev.imagemirror.registry.model.Scope;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;

/**
 * {@code GET /v2/<name>/blobs/<digest>} with a {@code Range}: a blob's bytes from an offset on, as a stream, not
 * verified. Empty if the registry does not serve the part, however it says so: then the whole blob must be requested.
 */
public final class BlobPartGet extends RepositoryEndpoint<Optional<BlobStream>> {
    /** A busy registry says nothing about parts, and a login may still be renewed. */
    private static final Set<Integer> ASK_AGAIN = Set.of(401, 408, 425, 429, 502, 503, 504);

    private final Descriptor blob;
    private final long offset;

    public BlobPartGet(Repository repository, RegistryAddress address, Descriptor blob, long offset) {
        super(repository, address, Scope.pull(repository.path()), "/blobs/" + blob.digest());
        this.blob = blob;
        this.offset = offset;
    }

    @Override
    public HttpUriRequestBase request(URI uri) {
        HttpGet request = new HttpGet(uri);
        request.addHeader(HttpHeaders.RANGE, "bytes=" + offset + "-");
        return request;
    }

    @Override
    public boolean accepts(int status) {
        return status == 200 || status == 206 || (status >= 400 && !ASK_AGAIN.contains(status));
    }

    @Override
    public Optional<BlobStream> read(ClassicHttpResponse response) throws IOException {
        HttpEntity entity = response.getEntity();
        boolean isPart = response.getCode() == 206;
        long first = isPart ? offset : 0;
        boolean isServed = response.getCode() < 400
                && entity != null
                && (!isPart || startsAtOffset(response))
                && BlobGet.isOfLength(entity, blob.size() - first);
        if (!isServed) {
            ResponseEnd.finish(response);
            return Optional.empty();
        }
        BlobStream stream = new BlobStream(response, entity.getContent());
        stream.skipNBytes(offset - first);
        return Optional.of(stream);
    }

    private boolean startsAtOffset(ClassicHttpResponse response) {
        return Headers.value(response, HttpHeaders.CONTENT_RANGE)
                .map(range -> range.trim().startsWith("bytes " + offset + "-"))
                .orElse(true);
    }

    @Override
    public int maxTries() {
        return TRIES_OF_SHORTCUTS;
    }

    @Override
    public boolean isStreaming() {
        return true;
    }

    @Override
    public String subject() {
        return reference(blob.digest());
    }
}
