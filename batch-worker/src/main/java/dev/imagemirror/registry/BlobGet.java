package dev.imagemirror.registry;

import dev.imagemirror.image.Descriptor;
import java.io.IOException;
import java.net.URI;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;

/** {@code GET /v2/<name>/blobs/<digest>}, from {@code offset} on: a blob's bytes as a stream, not verified. */
final class BlobGet extends RepositoryEndpoint<BlobStream> {
    private final Descriptor blob;
    private final long offset;

    BlobGet(Repository repository, RegistryAddress address, Descriptor blob, long offset) {
        super(repository, address, Scope.pull(repository.path()), "/blobs/" + blob.digest());
        this.blob = blob;
        this.offset = offset;
    }

    @Override
    public HttpUriRequestBase request(URI uri) {
        HttpGet request = new HttpGet(uri);
        if (offset > 0) {
            request.addHeader(HttpHeaders.RANGE, "bytes=" + offset + "-");
        }
        return request;
    }

    @Override
    public boolean accepts(int status) {
        return status == 200 || (offset > 0 && status == 206);
    }

    @Override
    public BlobStream read(ClassicHttpResponse response) throws IOException {
        HttpEntity entity = response.getEntity();
        if (entity == null) {
            throw altered("has no content");
        }
        boolean partial = response.getCode() == 206;
        if (partial && !startsAtOffset(Headers.value(response, HttpHeaders.CONTENT_RANGE))) {
            throw altered("is answered from another offset than " + offset);
        }
        long expected = partial ? blob.size() - offset : blob.size();
        if (entity.getContentLength() >= 0 && entity.getContentLength() != expected) {
            throw otherLength(response, entity.getContentLength(), expected);
        }
        BlobStream stream = new BlobStream(response, entity.getContent());
        if (!partial) {
            stream.skipNBytes(offset);
        }
        return stream;
    }

    @Override
    public boolean isStreaming() {
        return true;
    }

    @Override
    public String subject() {
        return reference(blob.digest());
    }

    private boolean startsAtOffset(String contentRange) {
        return contentRange == null || contentRange.trim().startsWith("bytes " + offset + "-");
    }

    /** The same would be announced again, unless a part was asked for, which is the whole's affair no longer. */
    private RegistryException otherLength(ClassicHttpResponse response, long announced, long expected) {
        String coding = ContentCoding.unexpected(response);
        if (coding != null) {
            return ContentCoding.error("blob " + subject(), coding);
        }
        String fault = "is announced with " + announced + " bytes instead of " + expected;
        return response.getCode() == 206 ? altered(fault) : wrongSize(subject(), fault + ", which its descriptor says");
    }

    private static RegistryException wrongSize(String subject, String fault) {
        return new RegistryException(
                ErrorKind.INVALID_IMAGE,
                "blob " + subject + " " + fault + "; the image is wrong, or the registry or a proxy before it changes"
                        + " content");
    }

    private RegistryException altered(String what) {
        return new RegistryException(ErrorKind.TEMPORARY, "blob " + subject() + " " + what);
    }
}
