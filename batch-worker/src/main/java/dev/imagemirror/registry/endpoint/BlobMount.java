package dev.imagemirror.registry.endpoint;

import dev.imagemirror.image.Digest;
import dev.imagemirror.registry.http.RedirectPolicy;
import dev.imagemirror.registry.model.RegistryAddress;
import dev.imagemirror.registry.model.RegistryException;
import dev.imagemirror.registry.model.Repository;
import dev.imagemirror.registry.model.Scope;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;

/** {@code POST /v2/<name>/blobs/uploads/?mount=&from=}: mounts a blob from another repository of the same registry. */
public final class BlobMount extends RepositoryEndpoint<BlobMount.Answer> {
    /** A busy registry says nothing about mounts. */
    private static final Set<Integer> BUSY = Set.of(502, 503, 504);

    private final Digest digest;
    private final RegistryAddress address;
    private final RedirectPolicy redirects;

    /** What the registry did. */
    public sealed interface Answer {}

    /** It mounted the blob: there is nothing to upload. */
    public record Mounted() implements Answer {}

    /** It opened an upload session instead. */
    public record Session(URI uri) implements Answer {}

    /** Neither. */
    public record Declined() implements Answer {}

    /** @param from path of the repository to mount from */
    public BlobMount(
            Repository repository, RegistryAddress address, Digest digest, String from, RedirectPolicy redirects) {
        super(
                repository,
                address,
                Scope.mount(repository.path(), from),
                "/blobs/uploads/?mount=" + digest + "&from=" + from);
        this.digest = digest;
        this.address = address;
        this.redirects = redirects;
    }

    @Override
    public HttpUriRequestBase request(URI uri) {
        return new HttpPost(uri);
    }

    @Override
    public boolean accepts(int status) {
        return status == 201 || status == 202 || (status >= 500 && !BUSY.contains(status));
    }

    @Override
    public Answer read(ClassicHttpResponse response) throws RegistryException {
        if (response.getCode() == 201) {
            return new Mounted();
        }
        Optional<URI> session =
                response.getCode() == 202 ? UploadStart.session(this, address, redirects, response) : Optional.empty();
        return session.isPresent() ? new Session(session.get()) : new Declined();
    }

    @Override
    public int maxTries() {
        return TRIES_OF_SHORTCUTS;
    }

    @Override
    public String subject() {
        return reference(digest);
    }
}
