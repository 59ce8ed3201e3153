package dev.imagemirror.registry;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * Where a redirect or an upload session may lead: never from HTTPS to HTTP, and to an internal address only if the registry has
 * one itself, so that a registry cannot make this program read from its private network.
 */
final class RedirectPolicy {
    static final int MAX_REDIRECTS = 5;

    private final boolean resolveNames;

    /** @param resolveNames false behind a proxy, which alone can resolve names */
    RedirectPolicy(boolean resolveNames) {
        this.resolveNames = resolveNames;
    }

    /** The URI to follow to. */
    URI follow(RegistryEndpoint<?> endpoint, RegistryAddress from, URI current, String location)
            throws RegistryException {
        Refusal refusal = new Refusal(endpoint, "redirects to");
        if (location == null || location.isBlank()) {
            throw refusal.because("nowhere");
        }
        try {
            return check(refusal, from, current.resolve(location));
        } catch (IllegalArgumentException e) {
            throw refusal.because("a Location that is no URI");
        }
    }

    /** The upload session at {@code location}, which a registry opened: a blob goes nowhere a download may not. */
    URI session(RegistryEndpoint<?> endpoint, RegistryAddress from, URI location) throws RegistryException {
        return check(new Refusal(endpoint, "opens an upload at"), from, from.onOrigin(location));
    }

    private URI check(Refusal refusal, RegistryAddress from, URI target) throws RegistryException {
        String scheme = target.getScheme();
        boolean http = "http".equalsIgnoreCase(scheme);
        if (target.getHost() == null || !(http || "https".equalsIgnoreCase(scheme))) {
            throw refusal.because("a Location that is no HTTP address");
        }
        if (http && !from.isPlainHttp()) {
            throw refusal.because("plain HTTP at " + target.getHost());
        }
        if (!from.isOrigin(target)
                && isInternal(target.getHost())
                && !isInternal(from.base().getHost())) {
            throw refusal.because("the internal address " + target.getHost());
        }
        return target;
    }

    private boolean isInternal(String host) {
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        if (Loopback.isLoopback(host)) {
            return true;
        }
        boolean literal = bare.indexOf(':') >= 0 || bare.matches("[0-9.]+");
        try {
            return (literal || resolveNames)
                    && Arrays.stream(InetAddress.getAllByName(bare)).anyMatch(Loopback::isInternal);
        } catch (UnknownHostException e) {
            return false; // the request to it will say so
        }
    }

    /** @param deed what the registry does that is not followed */
    private record Refusal(RegistryEndpoint<?> endpoint, String deed) {
        RegistryException because(String where) {
            return new RegistryException(
                    ErrorKind.REFUSED,
                    endpoint.subject() + ": " + endpoint.repository().registry() + " " + deed + " " + where
                            + ", which is not followed");
        }
    }
}
