package dev.imagemirror.registry.endpoint;

import dev.imagemirror.image.Digest;
import dev.imagemirror.registry.http.Headers;
import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.ManifestContent;
import dev.imagemirror.registry.model.RegistryAddress;
import dev.imagemirror.registry.model.RegistryException;
import dev.imagemirror.registry.model.Repository;
import dev.imagemirror.registry.model.Scope;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import org.apache.hc.client5.http.classic.methods.HttpPut;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/**
 * {@code PUT /v2/<name>/manifests/<reference>}: pushes a manifest; returns whether the registry recorded its subject.
 */
public final class ManifestPut extends RepositoryEndpoint<Boolean> {
    private final String reference;
    private final String mediaType;
    private final Digest digest;
    private final byte[] bytes;

    public ManifestPut(
            Repository repository, RegistryAddress address, String reference, String type, ManifestContent content) {
        super(repository, address, Scope.push(repository.path()), "/manifests/" + reference);
        this.reference = reference;
        this.mediaType = type;
        this.digest = content.digest();
        this.bytes = content.bytes();
    }

    @Override
    public HttpUriRequestBase request(URI uri) {
        HttpPut request = new HttpPut(uri);
        request.setEntity(new ByteArrayEntity(bytes, ContentType.parseLenient(mediaType)));
        return request;
    }

    @Override
    public boolean accepts(int status) {
        return status == 201 || status == 200 || status == 202;
    }

    @Override
    public Boolean read(ClassicHttpResponse response) throws IOException {
        Optional<Digest> stored = Headers.contentDigest(response).filter(digest::contradicts);
        if (stored.isPresent()) {
            throw new RegistryException(
                    ErrorKind.REFUSED,
                    subject() + " was stored as " + stored.get() + " instead of " + digest
                            + "; this registry changes manifests, so it cannot hold an equal copy");
        }
        return response.containsHeader(Headers.OCI_SUBJECT);
    }

    @Override
    public long bodyBytes() {
        return bytes.length;
    }

    @Override
    public String subject() {
        return reference(reference);
    }
}
