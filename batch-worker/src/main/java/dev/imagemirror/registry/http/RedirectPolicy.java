package dev.imagemirror.registry.http;

import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.RegistryAddress;
import dev.imagemirror.registry.model.RegistryException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.EndpointDetails;

/**
 * Where a redirect, an upload session or a token realm may lead: never from HTTPS to HTTP, and to an internal address
 * only if the registry has one itself, so that a public registry cannot make this program read from its private
 * network. Names are judged by their address when the connection is opened: {@link AddressGuard}. Thread-safe.
 */
public final class RedirectPolicy {
    public static final int MAX_REDIRECTS = 5;

    /** Registries whose last response came from an internal address. */
    private final Set<String> internal = ConcurrentHashMap.newKeySet();

    /** The context of a request to {@code target}, which is {@code from} itself or its redirect target. */
    public HttpClientContext context(RegistryAddress from, URI target) {
        return from.isOrigin(target) || isInternal(from)
                ? AddressGuard.named()
                : AddressGuard.redirectedBy(from.registry());
    }

    /** The registry responded to a request with this context. */
    public void answered(RegistryAddress registry, HttpClientContext context) {
        EndpointDetails connection = context.getEndpointDetails();
        boolean isInternal = connection != null
                && !AddressGuard.isProxied(context)
                && connection.getRemoteAddress() instanceof InetSocketAddress remote
                && AddressClass.of(remote.getAddress()) != AddressClass.PUBLIC;
        if (isInternal) {
            internal.add(registry.registry());
        } else {
            internal.remove(registry.registry());
        }
    }

    /**
     * The URI to follow.
     *
     * @param location value of {@code Location}; blank is refused like any that leads nowhere
     */
    public URI follow(RegistryEndpoint<?> endpoint, RegistryAddress from, URI current, String location)
            throws RegistryException {
        Refusal refusal = new Refusal(endpoint, "redirects to");
        if (location.isBlank()) {
            throw refusal.because("nowhere");
        }
        try {
            return check(refusal, from, current.resolve(location));
        } catch (IllegalArgumentException e) {
            throw refusal.because("a Location that is not a URI");
        }
    }

    /** The upload session that a registry opened at {@code location}, by the same rules as a download. */
    public URI session(RegistryEndpoint<?> endpoint, RegistryAddress from, URI location) throws RegistryException {
        return check(new Refusal(endpoint, "opens an upload at"), from, from.onOrigin(location));
    }

    private URI check(Refusal refusal, RegistryAddress from, URI target) throws RegistryException {
        String scheme = target.getScheme();
        boolean http = "http".equalsIgnoreCase(scheme);
        if (target.getHost() == null || !(http || "https".equalsIgnoreCase(scheme))) {
            throw refusal.because("a Location that is not an HTTP address");
        }
        if (http && !from.isPlainHttp()) {
            throw refusal.because("plain HTTP at " + target.getHost());
        }
        if (!from.isOrigin(target) && AddressGuard.isInternal(target.getHost()) && !isInternal(from)) {
            throw refusal.ofAddress(target.getHost());
        }
        return target;
    }

    private boolean isInternal(RegistryAddress registry) {
        return AddressGuard.isInternal(registry.base().getHost()) || internal.contains(registry.registry());
    }

    /** @param deed what the registry does that is not followed */
    private record Refusal(RegistryEndpoint<?> endpoint, String deed) {
        RegistryException because(String where) {
            return because(ErrorKind.REFUSED, where);
        }

        RegistryException ofAddress(String host) {
            return because(ErrorKind.NOT_ALLOWED, "the internal address " + host);
        }

        private RegistryException because(ErrorKind kind, String where) {
            return new RegistryException(
                    kind,
                    endpoint.subject() + ": " + endpoint.repository().registry() + " " + deed + " " + where
                            + ", which is not followed");
        }
    }
}
