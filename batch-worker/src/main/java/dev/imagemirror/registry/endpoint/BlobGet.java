package dev.imagemirror.registry.endpoint;

import dev.imagemirror.image.Descriptor;
import dev.imagemirror.registry.http.BlobStream;
import dev.imagemirror.registry.http.ContentCoding;
import dev.imagemirror.registry.http.Headers;
import dev.imagemirror.registry.http.ResponseEnd;
import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.RegistryAddress;
import dev.imagemirror.registry.model.RegistryException;
import dev.imagemirror.registry.model.Repository;
import dev.imagemirror.registry.model.Scope;
import java.io.IOException;
import java.net.URI;
import java.util.Set;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;

/**
 * {@code GET /v2/<name>/blobs/<digest>}, from {@code offset} on: a blob's bytes as a stream, not verified. Answers null if
 * a part was asked for and is not to be had, in whatever way that is said: the whole blob has to be asked for then.
 */
public final class BlobGet extends RepositoryEndpoint<BlobStream> {
    /** A busy registry says nothing about parts, and a login may still be renewed. */
    private static final Set<Integer> ASK_AGAIN = Set.of(401, 408, 425, 429, 502, 503, 504);

    private final Descriptor blob;
    private final long offset;
    private final boolean asPart;

    /** @param asPart ask for the bytes from the offset on, instead of skipping those before it */
    public BlobGet(Repository repository, RegistryAddress address, Descriptor blob, long offset, boolean asPart) {
        super(repository, address, Scope.pull(repository.path()), "/blobs/" + blob.digest());
        this.blob = blob;
        this.offset = offset;
        this.asPart = asPart;
    }

    @Override
    public HttpUriRequestBase request(URI uri) {
        HttpGet request = new HttpGet(uri);
        if (asPart) {
            request.addHeader(HttpHeaders.RANGE, "bytes=" + offset + "-");
        }
        return request;
    }

    @Override
    public boolean accepts(int status) {
        return status == 200 || (asPart && (status == 206 || (status >= 400 && !ASK_AGAIN.contains(status))));
    }

    @Override
    public BlobStream read(ClassicHttpResponse response) throws IOException {
        String fault = fault(response);
        if (fault != null && asPart) {
            ResponseEnd.finish(response);
            return null;
        }
        if (fault != null) {
            throw response.getEntity() == null
                    ? new RegistryException(ErrorKind.TEMPORARY, "blob " + subject() + " " + fault)
                    : otherLength(response, fault);
        }
        BlobStream stream = new BlobStream(response, response.getEntity().getContent());
        if (response.getCode() == 200 || !asPart) {
            stream.skipNBytes(offset);
        }
        return stream;
    }

    /** Why the answer is not what was asked for, or null. */
    private String fault(ClassicHttpResponse response) {
        if (response.getCode() >= 400) {
            return "is not given in parts";
        }
        HttpEntity entity = response.getEntity();
        if (entity == null) {
            return "has no content";
        }
        long first = asPart && response.getCode() == 206 ? offset : 0;
        if (response.getCode() == 206 && !startsAt(first, Headers.value(response, HttpHeaders.CONTENT_RANGE))) {
            return "is answered from another offset than " + first;
        }
        long expected = blob.size() - first;
        return entity.getContentLength() >= 0 && entity.getContentLength() != expected
                ? "is announced with " + entity.getContentLength() + " bytes instead of " + expected
                : null;
    }

    @Override
    public int maxTries() {
        return asPart ? TRIES_OF_SHORTCUTS : Integer.MAX_VALUE;
    }

    @Override
    public boolean isStreaming() {
        return true;
    }

    @Override
    public String subject() {
        return reference(blob.digest());
    }

    private static boolean startsAt(long first, String contentRange) {
        return contentRange == null || contentRange.trim().startsWith("bytes " + first + "-");
    }

    /** The same would be announced again. */
    private RegistryException otherLength(ClassicHttpResponse response, String fault) {
        String coding = ContentCoding.unexpected(response);
        return coding != null
                ? ContentCoding.error("blob " + subject(), coding)
                : new RegistryException(
                        ErrorKind.INVALID_IMAGE,
                        "blob " + subject() + " " + fault + ", which its descriptor says; the image is wrong, or the"
                                + " registry or a proxy before it changes content");
    }
}
