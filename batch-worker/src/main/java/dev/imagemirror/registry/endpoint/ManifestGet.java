package dev.imagemirror.registry.endpoint;

import dev.imagemirror.image.Digest;
import dev.imagemirror.image.MediaTypes;
import dev.imagemirror.registry.http.ContentCoding;
import dev.imagemirror.registry.http.Headers;
import dev.imagemirror.registry.http.RegistryEndpoint;
import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.ManifestContent;
import dev.imagemirror.registry.model.RegistryAddress;
import dev.imagemirror.registry.model.RegistryException;
import dev.imagemirror.registry.model.Repository;
import dev.imagemirror.registry.model.Scope;
import java.io.IOException;
import java.net.URI;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;

/** {@code GET /v2/<name>/manifests/<reference>}: a manifest's bytes, verified if asked for by digest. */
public final class ManifestGet extends RepositoryEndpoint<ManifestContent> {
    /** What registries must be able to take (OCI distribution specification, "Pushing Manifests"). */
    static final int MAX_BYTES = 4 * 1024 * 1024;

    private final String reference;
    private final String unusualType;

    /** @param unusualType a media type that is accepted beside the usual ones, or null */
    public ManifestGet(Repository repository, RegistryAddress address, String reference, String unusualType) {
        super(repository, address, Scope.pull(repository.path()), "/manifests/" + reference);
        this.reference = reference;
        this.unusualType = unusualType;
    }

    @Override
    public HttpUriRequestBase request(URI uri) {
        HttpGet request = new HttpGet(uri);
        request.addHeader(
                HttpHeaders.ACCEPT, unusualType == null ? MediaTypes.ACCEPT : MediaTypes.ACCEPT + ", " + unusualType);
        return request;
    }

    @Override
    public boolean accepts(int status) {
        return status == 200;
    }

    @Override
    public ManifestContent read(ClassicHttpResponse response) throws IOException {
        byte[] bytes = body(response.getEntity());
        Digest wanted = asDigest(reference);
        Digest said = Headers.contentDigest(response);
        verify(bytes, wanted != null ? wanted : said, ContentCoding.unexpected(response));
        verify(bytes, said, null);
        Digest digest = wanted != null ? wanted : said != null ? said : Digest.sha256(bytes);
        return new ManifestContent(Headers.value(response, HttpHeaders.CONTENT_TYPE), digest, bytes);
    }

    @Override
    public String subject() {
        return reference(reference);
    }

    private byte[] body(HttpEntity entity) throws IOException {
        if (entity == null) {
            return new byte[0];
        }
        if (entity.getContentLength() > MAX_BYTES) {
            throw tooLarge();
        }
        byte[] bytes = entity.getContent().readNBytes(MAX_BYTES + 1); // closed with the answer
        if (bytes.length > MAX_BYTES) {
            throw tooLarge();
        }
        if (entity.getContentLength() >= 0 && bytes.length != entity.getContentLength()) {
            throw new ConnectionClosedException("the manifest ends too early");
        }
        return bytes;
    }

    private RegistryException tooLarge() {
        return new RegistryException(
                ErrorKind.INVALID_IMAGE,
                "manifest " + subject() + " is larger than " + MAX_BYTES + " bytes, the most that registries take");
    }

    /** @param coding how the bytes are encoded, which matters if they are not what they should be, or null */
    private void verify(byte[] bytes, Digest digest, String coding) throws RegistryException {
        if (coding != null && (digest == null || !digest.matches(bytes))) {
            throw ContentCoding.error("manifest " + subject(), coding);
        }
        if (digest != null && !digest.matches(bytes)) {
            throw altered(this, "its digest is not " + digest);
        }
    }

    static RegistryException altered(RegistryEndpoint<?> endpoint, String fault) {
        return new RegistryException(
                ErrorKind.TEMPORARY,
                "manifest " + endpoint.subject() + " arrived altered: " + fault
                        + "; if this goes on, the registry or a proxy before it changes content");
    }
}
