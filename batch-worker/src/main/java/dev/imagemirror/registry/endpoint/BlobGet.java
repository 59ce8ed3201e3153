package dev.imagemirror.registry.endpoint;

import dev.imagemirror.image.Descriptor;
import dev.imagemirror.registry.http.BlobStream;
import dev.imagemirror.registry.http.ContentCoding;
import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.RegistryAddress;
import dev.imagemirror.registry.model.RegistryException;
import dev.imagemirror.registry.model.Repository;
import dev.imagemirror.registry.model.Scope;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;

/**
 * {@code GET /v2/<name>/blobs/<digest>}: a blob's bytes as a stream, not verified. Bytes before the offset are
 * discarded.
 */
public final class BlobGet extends RepositoryEndpoint<BlobStream> {
    private final Descriptor blob;
    private final long offset;

    public BlobGet(Repository repository, RegistryAddress address, Descriptor blob, long offset) {
        super(repository, address, Scope.pull(repository.path()), "/blobs/" + blob.digest());
        this.blob = blob;
        this.offset = offset;
    }

    @Override
    public HttpUriRequestBase request(URI uri) {
        return new HttpGet(uri);
    }

    @Override
    public boolean accepts(int status) {
        return status == 200;
    }

    @Override
    public BlobStream read(ClassicHttpResponse response) throws IOException {
        HttpEntity entity = response.getEntity();
        if (entity == null) {
            throw new RegistryException(ErrorKind.TEMPORARY, "blob " + subject() + " has no content");
        }
        if (!isOfLength(entity, blob.size())) {
            throw otherLength(response, entity.getContentLength());
        }
        BlobStream stream = new BlobStream(response, entity.getContent());
        stream.skipNBytes(offset);
        return stream;
    }

    /** True if the body is not announced with another length. */
    static boolean isOfLength(HttpEntity entity, long expected) {
        return entity.getContentLength() < 0 || entity.getContentLength() == expected;
    }

    /** Permanent: the same length would be announced again. */
    private RegistryException otherLength(ClassicHttpResponse response, long announced) {
        Optional<RegistryException> encoded =
                ContentCoding.unexpected(response).map(coding -> ContentCoding.error("blob " + subject(), coding));
        return encoded.orElseGet(() -> new RegistryException(
                ErrorKind.INVALID_IMAGE,
                "blob " + subject() + " is announced with " + announced + " bytes instead of " + blob.size()
                        + " as in its descriptor; the image is wrong, or the registry or a proxy in front of it changes"
                        + " content"));
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
