package dev.imagemirror.registry;

import dev.imagemirror.image.Descriptor;
import dev.imagemirror.image.Digest;
import dev.imagemirror.image.ReferrerList;
import dev.imagemirror.registry.auth.Authenticator;
import dev.imagemirror.registry.auth.TokenCache;
import dev.imagemirror.registry.auth.TokenClient;
import dev.imagemirror.registry.endpoint.ManifestGet;
import dev.imagemirror.registry.endpoint.ManifestPut;
import dev.imagemirror.registry.endpoint.StallWatch;
import dev.imagemirror.registry.http.BlobStream;
import dev.imagemirror.registry.http.HttpClientFactory;
import dev.imagemirror.registry.http.Network;
import dev.imagemirror.registry.http.RedirectPolicy;
import dev.imagemirror.registry.http.RegistrySettings;
import dev.imagemirror.registry.http.Retries;
import dev.imagemirror.registry.http.RetryPolicy;
import dev.imagemirror.registry.model.BlobBody;
import dev.imagemirror.registry.model.CredentialProvider;
import dev.imagemirror.registry.model.ManifestContent;
import dev.imagemirror.registry.model.RegistryException;
import dev.imagemirror.registry.model.Repository;
import dev.imagemirror.registry.model.RequestListener;
import dev.imagemirror.registry.model.Scope;
import dev.imagemirror.registry.model.TagList;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.io.CloseMode;

/**
 * The distribution API of all registries: pooled connections, one set of tokens, retries, limits. Thread-safe;
 * blocking. Every method throws {@link RegistryException} if it fails. Source: OCI distribution specification 1.1.
 */
public final class RegistryClient implements AutoCloseable {
    private final CloseableHttpClient http;
    private final RegistryAddresses addresses;
    private final RegistryCaller caller;
    private final HeadQuestions heads;
    private final HiddenRepositories hidden;
    private final BlobCalls blobs;
    private final StallWatch stalls;

    /** A client whose connections live until {@link #close}. */
    public RegistryClient(RegistrySettings settings, CredentialProvider credentials, RetryPolicy retryPolicy) {
        this(settings, credentials, retryPolicy, RequestListener.NONE);
    }

    /** The same with a listener for its requests. */
    public RegistryClient(
            RegistrySettings settings,
            CredentialProvider credentials,
            RetryPolicy retryPolicy,
            RequestListener listener) {
        this(settings, credentials, retryPolicy, listener, Network.REAL);
    }

    /** The same over another network. */
    RegistryClient(
            RegistrySettings settings,
            CredentialProvider credentials,
            RetryPolicy retryPolicy,
            RequestListener listener,
            Network network) {
        http = HttpClientFactory.create(settings, listener, network);
        addresses = new RegistryAddresses(settings.insecureRegistries());
        stalls = new StallWatch(settings.responseTimeout(), System::nanoTime);
        Clock clock = retryPolicy.clock();
        Retries retries = new Retries(retryPolicy);
        RedirectPolicy redirects = new RedirectPolicy();
        TokenCache tokens = new TokenCache(new TokenClient(http, retries, redirects, clock), clock);
        caller = new RegistryCaller(http, new Authenticator(credentials, tokens), retries, redirects, clock, addresses);
        heads = new HeadQuestions(caller, clock);
        hidden = new HiddenRepositories(caller);
        blobs = new BlobCalls(caller, hidden, redirects, stalls);
    }

    /**
     * The digest of a tag or digest; empty if the repository has no such manifest. Usually one HEAD; a GET if the
     * registry does not support HEAD or does not report the digest.
     */
    public Optional<Digest> digest(Repository repository, String reference) throws RegistryException {
        return heads.digest(repository, Scope.pull(repository.path()), reference);
    }

    /**
     * The digest of a tag or digest at a destination, requested with push permission. Empty if there is no such
     * manifest, or if the registry hides the repository: Quay, GHCR and others deny (401, 403) what does not exist yet,
     * so only the push can tell. After a denial, the repository is not queried again until a manifest has been pushed
     * to it.
     */
    public Optional<Digest> digestForPush(Repository repository, String reference) throws RegistryException {
        Scope scope = Scope.push(repository.path());
        return hidden.read(repository, () -> heads.digest(repository, scope, reference), Optional.empty());
    }

    /** A manifest's bytes; verified if {@code reference} is a digest. */
    public ManifestContent manifest(Repository repository, String reference) throws RegistryException {
        return manifest(repository, reference, "");
    }

    /**
     * The same for an unusual media type.
     *
     * @param mediaType to accept besides the usual ones; empty for none
     */
    public ManifestContent manifest(Repository repository, String reference, String mediaType)
            throws RegistryException {
        return caller.call(repository, address -> new ManifestGet(repository, address, reference, mediaType));
    }

    /**
     * Pushes a manifest byte for byte.
     *
     * @param reference tag or digest to push it as
     * @return true if the registry itself lists the manifest among its subject's referrers
     */
    public boolean putManifest(Repository repository, String reference, String mediaType, ManifestContent content)
            throws RegistryException {
        boolean listed =
                hidden.push(repository, address -> new ManifestPut(repository, address, reference, mediaType, content));
        repository.exists();
        return listed;
    }

    /** True if the repository has the blob and says so; see {@link #digestForPush}. */
    public boolean hasBlob(Repository repository, Digest digest) throws RegistryException {
        return hidden.read(repository, () -> heads.hasBlob(repository, digest), false);
    }

    /** The blob's bytes from {@code offset} on, not verified; the caller must close the stream. */
    public BlobStream blob(Repository repository, Descriptor blob, long offset) throws RegistryException {
        return blobs.read(repository, blob, offset);
    }

    /** Opens an upload session. */
    public URI startUpload(Repository repository, Digest digest) throws RegistryException {
        return blobs.startUpload(repository, digest);
    }

    /**
     * Mounts a blob, or opens an upload session if that fails, for whatever reason.
     *
     * @param from repository of the same registry that may have the blob
     * @return the session; empty if the blob was mounted
     */
    public Optional<URI> mountOrStartUpload(Repository repository, Digest digest, String from)
            throws RegistryException {
        return blobs.mountOrStartUpload(repository, digest, from);
    }

    /** Sends a blob to an upload session in one request; after any failure the session is unusable. */
    public void putBlob(Repository repository, URI session, Descriptor blob, BlobBody body) throws RegistryException {
        blobs.put(repository, session, blob, body);
    }

    /** Cancels an upload session. */
    public void abandonUpload(Repository repository, URI session) throws RegistryException {
        blobs.abandonUpload(repository, session);
    }

    /** The referrers of {@code subject}, from the referrers API or else its fallback tag. */
    public ReferrerList referrers(Repository repository, Digest subject) throws RegistryException {
        return new ReferrerLister(caller, repository).list(subject);
    }

    /** All tags of a repository, in the registry's order. */
    public TagList tags(Repository repository) throws RegistryException {
        return new TagLister(caller, repository).list();
    }

    /** True if the registry is reached by plain HTTP, as far as is known so far. */
    public boolean isPlainHttp(String registry) {
        return addresses.of(registry).isPlainHttp();
    }

    /** Drops every connection at once; running calls fail. */
    @Override
    public void close() {
        stalls.close();
        http.close(CloseMode.IMMEDIATE);
    }
}
