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
import java.util.Optional;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpMessage;

/** {@code GET /v2/<name>/manifests/<reference>}: a manifest's bytes, verified if requested by digest. */
public final class ManifestGet extends RepositoryEndpoint<ManifestContent> {
    /** The size registries must accept (OCI distribution specification, "Pushing Manifests"). */
    static final int MAX_BYTES = 4 * 1024 * 1024;

    private final String reference;
    private final String accept;

    public ManifestGet(Repository repository, RegistryAddress address, String reference) {
        this(repository, address, reference, "");
    }

    /** @param unusualType a media type to accept besides the usual ones; empty for none */
    public ManifestGet(Repository repository, RegistryAddress address, String reference, String unusualType) {
        super(repository, address, Scope.pull(repository.path()), "/manifests/" + reference);
        this.reference = reference;
        accept = unusualType.isEmpty() ? MediaTypes.ACCEPT : MediaTypes.ACCEPT + ", " + unusualType;
    }

    @Override
    public HttpUriRequestBase request(URI uri) {
        HttpGet request = new HttpGet(uri);
        request.addHeader(HttpHeaders.ACCEPT, accept);
        return request;
    }

    @Override
    public boolean accepts(int status) {
        return status == 200;
    }

    @Override
    public ManifestContent read(ClassicHttpResponse response) throws IOException {
        byte[] bytes = body(response.getEntity());
        Optional<Digest> reported = Headers.contentDigest(response);
        Optional<Digest> digest = asDigest(reference).or(() -> reported);
        verify(bytes, digest, response);
        if (!reported.equals(digest) && reported.isPresent() && !reported.get().matches(bytes)) {
            throw altered(this, "its digest is not " + reported.get());
        }
        return new ManifestContent(
                Headers.value(response, HttpHeaders.CONTENT_TYPE).orElse(""),
                digest.orElseGet(() -> Digest.sha256(bytes)),
                bytes);
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
        byte[] bytes = entity.getContent().readNBytes(MAX_BYTES + 1); // closed with the response
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
                "manifest " + subject() + " is larger than " + MAX_BYTES
                        + " bytes, the most that registries must accept");
    }

    private void verify(byte[] bytes, Optional<Digest> digest, HttpMessage response) throws RegistryException {
        if (digest.isPresent() && digest.get().matches(bytes)) {
            return;
        }
        Optional<String> coding = ContentCoding.unexpected(response);
        if (coding.isPresent()) {
            throw ContentCoding.error("manifest " + subject(), coding.get());
        }
        if (digest.isPresent()) {
            throw altered(this, "its digest is not " + digest.get());
        }
    }

    static RegistryException altered(RegistryEndpoint<?> endpoint, String fault) {
        return new RegistryException(
                ErrorKind.TEMPORARY,
                "manifest " + endpoint.subject() + " was corrupted in transit: " + fault
                        + "; if this persists, the registry or a proxy in front of it changes content");
    }
}
