package dev.imagemirror.registry;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * Where a redirected download may lead: never from HTTPS to HTTP, and to an internal address only if the registry has
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
        if (location == null || location.isBlank()) {
            throw refused(endpoint, "nowhere");
        }
        URI target;
        try {
            target = current.resolve(location);
        } catch (IllegalArgumentException e) {
            throw refused(endpoint, "a Location that is no URI");
        }
        String scheme = target.getScheme();
        boolean http = "http".equalsIgnoreCase(scheme);
        if (target.getHost() == null || !(http || "https".equalsIgnoreCase(scheme))) {
            throw refused(endpoint, "a Location that is no HTTP address");
        }
        if (http && !from.isPlainHttp()) {
            throw refused(endpoint, "plain HTTP at " + target.getHost());
        }
        if (!from.isOrigin(target)
                && isInternal(target.getHost())
                && !isInternal(from.base().getHost())) {
            throw refused(endpoint, "the internal address " + target.getHost());
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

    private static RegistryException refused(RegistryEndpoint<?> endpoint, String where) {
        return new RegistryException(
                ErrorKind.REFUSED,
                endpoint.subject() + ": " + endpoint.repository().registry() + " redirects to " + where
                        + ", which is not followed");
    }
}
