package dev.imagemirror.registry;

import dev.imagemirror.image.Descriptor;
import dev.imagemirror.image.Digest;
import dev.imagemirror.image.EcrRegistry;
import dev.imagemirror.image.ReferrerList;
import dev.imagemirror.registry.auth.Authenticator;
import dev.imagemirror.registry.auth.TokenCache;
import dev.imagemirror.registry.auth.TokenClient;
import dev.imagemirror.registry.endpoint.BlobGet;
import dev.imagemirror.registry.endpoint.BlobPut;
import dev.imagemirror.registry.endpoint.ManifestGet;
import dev.imagemirror.registry.endpoint.ManifestPut;
import dev.imagemirror.registry.endpoint.StallWatch;
import dev.imagemirror.registry.endpoint.UploadAbandon;
import dev.imagemirror.registry.endpoint.UploadStart;
import dev.imagemirror.registry.http.BlobStream;
import dev.imagemirror.registry.http.HttpClientFactory;
import dev.imagemirror.registry.http.Network;
import dev.imagemirror.registry.http.RedirectPolicy;
import dev.imagemirror.registry.http.RegistryEndpoint;
import dev.imagemirror.registry.http.RegistrySettings;
import dev.imagemirror.registry.http.RequestListener;
import dev.imagemirror.registry.http.Retries;
import dev.imagemirror.registry.http.RetryPolicy;
import dev.imagemirror.registry.model.BlobBody;
import dev.imagemirror.registry.model.CredentialProvider;
import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.ManifestContent;
import dev.imagemirror.registry.model.RegistryAddress;
import dev.imagemirror.registry.model.RegistryException;
import dev.imagemirror.registry.model.Repository;
import dev.imagemirror.registry.model.Scope;
import dev.imagemirror.registry.model.TagList;
import java.net.URI;
import java.time.Duration;
import java.util.function.Function;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.io.CloseMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The distribution API of all registries: pooled connections, one set of tokens, retries, limits. Thread-safe; blocking.
 * Every method throws {@link RegistryException} for what it could not do. Source: OCI distribution specification 1.1.
 */
public final class RegistryClient implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryClient.class);

    private final CloseableHttpClient http;
    private final RegistryCaller caller;
    private final RegistryAddresses addresses;
    private final RedirectPolicy redirects;
    private final StallWatch stalls;
    private final HeadQuestions heads;

    /** A client whose connections live until {@link #close}. */
    public RegistryClient(RegistrySettings settings, CredentialProvider credentials, RetryPolicy retryPolicy) {
        this(settings, credentials, retryPolicy, RequestListener.NONE);
    }

    /** The same with somebody who hears of its requests. */
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
        Duration stall = settings.responseTimeout();
        stalls = new StallWatch(stall, System::nanoTime);
        Retries retries = new Retries(retryPolicy);
        redirects = new RedirectPolicy();
        TokenCache tokens =
                new TokenCache(new TokenClient(http, retries, redirects, retryPolicy.clock()), retryPolicy.clock());
        heads = new HeadQuestions(this, retryPolicy.clock());
        caller = new RegistryCaller(
                http, new Authenticator(credentials, tokens), retries, redirects, retryPolicy.clock(), addresses);
    }

    /**
     * The digest of a tag or digest, or null if the repository has no such manifest. One HEAD as a rule; a GET where a
     * registry does not take HEAD or does not say the digest.
     */
    public Digest digest(Repository repository, String reference) throws RegistryException {
        return heads.digest(repository, Scope.pull(repository.path()), reference);
    }

    /**
     * The digest of a tag or digest at a destination, asked for with the right to push; null if there is no such
     * manifest, or if the registry shows nothing of the repository: Quay, GHCR and others deny (401, 403) what does not
     * exist yet, so that only the push can tell. A denied repository is not asked again
     * before a manifest has been pushed to it.
     */
    public Digest digestForPush(Repository repository, String reference) throws RegistryException {
        Scope scope = Scope.push(repository.path());
        return unlessHidden(repository, () -> heads.digest(repository, scope, reference), null);
    }

    /** A manifest's bytes; verified when {@code reference} is a digest. */
    public ManifestContent manifest(Repository repository, String reference) throws RegistryException {
        return manifest(repository, reference, null);
    }

    /** The same, of a media type that is not one of the usual ones. */
    public ManifestContent manifest(Repository repository, String reference, String mediaType)
            throws RegistryException {
        return call(repository, address -> new ManifestGet(repository, address, reference, mediaType));
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
                push(repository, address -> new ManifestPut(repository, address, reference, mediaType, content));
        repository.setDenial(null); // it exists by now
        return listed;
    }

    /** True if the repository has the blob and says so, as {@link #digestForPush} describes. */
    public boolean hasBlob(Repository repository, Digest digest) throws RegistryException {
        return unlessHidden(repository, () -> heads.hasBlob(repository, digest), false);
    }

    private static <T> T unlessHidden(Repository repository, Question<T> question, T unknown) throws RegistryException {
        if (repository.denial() != null) {
            return unknown;
        }
        try {
            return question.ask();
        } catch (RegistryException e) {
            if (e.kind() != ErrorKind.ACCESS_DENIED || e.isTokenFailure() || saysWhatIsMissing(repository)) {
                throw e;
            }
            repository.setDenial(e);
            return unknown;
        }
    }

    /** ECR answers 404 for a repository that does not exist, so that its 403 is a denial. */
    private static boolean saysWhatIsMissing(Repository repository) {
        return EcrRegistry.of(repository.registry()).isPresent();
    }

    @FunctionalInterface
    private interface Question<T> {
        T ask() throws RegistryException;
    }

    /** The blob's bytes from {@code offset} on, not verified; to be closed. */
    public BlobStream blob(Repository repository, Descriptor blob, long offset) throws RegistryException {
        BlobStream part = offset == 0
                ? null
                : ifAvailable(
                        blob.digest() + " from byte " + offset,
                        () -> call(repository, address -> new BlobGet(repository, address, blob, offset, true)));
        return part != null ? part : call(repository, address -> new BlobGet(repository, address, blob, offset, false));
    }

    /**
     * Opens an upload session, trying to mount the blob first, which only saves work: a plain session is opened if that is
     * refused, however it is.
     *
     * @param mountFrom repository of the same registry that may have the blob, or null
     * @return the session, or null if the blob was mounted
     */
    public URI startUpload(Repository repository, Digest digest, String mountFrom) throws RegistryException {
        UploadStart.Answer mount = mountFrom == null
                ? null
                : ifAvailable(
                        "a mount of " + digest + " from " + mountFrom,
                        () -> call(
                                repository,
                                address -> new UploadStart(repository, address, digest, mountFrom, redirects)));
        return mount != null && (mount.isMounted() || mount.session() != null)
                ? mount.session()
                : push(repository, address -> new UploadStart(repository, address, digest, null, redirects))
                        .session();
    }

    /** The answer to what only saves work; null if it is not to be had, for whatever reason but too many requests. */
    private static <T> T ifAvailable(String shortcut, Question<T> question) throws RegistryException {
        try {
            return question.ask();
        } catch (RegistryException e) {
            if (e.isThrottled() || Thread.currentThread().isInterrupted()) {
                throw e;
            }
            LOG.debug("{} is not to be had: {}", shortcut, e.getMessage());
            return null;
        }
    }

    /** Sends a blob to an upload session in one request; on any failure the session is of no further use. */
    public void putBlob(Repository repository, URI session, Descriptor blob, BlobBody body) throws RegistryException {
        call(repository, address -> new BlobPut(repository, session, blob, body, stalls));
    }

    /** Gives up an upload session; errors do not matter. */
    public void abandonUpload(Repository repository, URI session) throws RegistryException {
        // some registries want a right to delete for it, others know no such right or do not give it to everybody
        if (!tryToAbandon(repository, Scope.delete(repository.path()), session)) {
            tryToAbandon(repository, Scope.push(repository.path()), session);
        }
    }

    private boolean tryToAbandon(Repository repository, Scope scope, URI session) throws RegistryException {
        try {
            return call(repository, address -> new UploadAbandon(repository, scope, session));
        } catch (RegistryException e) {
            if (e.kind() == ErrorKind.ACCESS_DENIED) {
                return false; // no token to be had
            }
            throw e;
        }
    }

    /** The manifests that refer to {@code subject}, by the referrers API or else by its fallback tag. */
    public ReferrerList referrers(Repository repository, Digest subject) throws RegistryException {
        return new ReferrerLister(this, repository).list(subject);
    }

    /** The tags of a repository, every page, in the registry's order. */
    public TagList tags(Repository repository) throws RegistryException {
        return new TagLister(this, repository).list();
    }

    /** True if the registry is asked by plain HTTP, as far as is known by now. */
    public boolean isPlainHttp(String registry) {
        return addresses.of(registry).isPlainHttp();
    }

    /** Where the push is denied like the reads before it, the error names what was asked for first: the tag. */
    private <T> T push(Repository repository, Function<RegistryAddress, RegistryEndpoint<T>> endpoint)
            throws RegistryException {
        try {
            return call(repository, endpoint);
        } catch (RegistryException e) {
            RegistryException denial = repository.denial();
            if (e.kind() != ErrorKind.ACCESS_DENIED || denial == null) {
                throw e;
            }
            String message = denial.getMessage() + "; the push was denied as well: " + e.getMessage();
            throw new RegistryException(ErrorKind.ACCESS_DENIED, message, e);
        }
    }

    <T> T call(Repository repository, Function<RegistryAddress, RegistryEndpoint<T>> endpoint)
            throws RegistryException {
        RegistryAddress address = addresses.of(repository.registry());
        try {
            return caller.call(address, endpoint.apply(address));
        } catch (OtherSchemeException e) {
            return callByTls(repository.registry(), endpoint);
        }
    }

    private <T> T callByTls(String registry, Function<RegistryAddress, RegistryEndpoint<T>> endpoint)
            throws RegistryException {
        RegistryAddress https = addresses.switchToTls(registry);
        try {
            return caller.call(https, endpoint.apply(https));
        } catch (OtherSchemeException e) {
            RegistryAddress http = addresses.switchToPlain(registry);
            return caller.call(http, endpoint.apply(http));
        }
    }

    /** Drops every connection at once; calls under way fail. */
    @Override
    public void close() {
        stalls.close();
        http.close(CloseMode.IMMEDIATE);
    }
}
