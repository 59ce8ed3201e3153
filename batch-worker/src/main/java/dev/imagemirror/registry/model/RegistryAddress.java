package dev.imagemirror.registry.model;

import dev.imagemirror.image.ImageReference;
import java.net.URI;

/**
 * The address of a registry.
 *
 * @param registry canonical name, as in an {@link ImageReference}
 * @param base scheme, host and port, without a path
 * @param isUnproven true while no response has confirmed the scheme, so that the registry may speak the other one
 */
public record RegistryAddress(String registry, URI base, boolean isUnproven) {

    public static RegistryAddress https(String registry) {
        return https(registry, false);
    }

    public static RegistryAddress https(String registry, boolean isUnproven) {
        return new RegistryAddress(registry, base("https", registry), isUnproven);
    }

    public static RegistryAddress http(String registry, boolean isUnproven) {
        return new RegistryAddress(registry, base("http", registry), isUnproven);
    }

    public RegistryAddress asProven() {
        return new RegistryAddress(registry, base, false);
    }

    /** The URI of {@code path}, which starts with {@code /v2/}. */
    public URI resolve(String path) {
        return URI.create(base + path);
    }

    public boolean isPlainHttp() {
        return base.getScheme().equals("http");
    }

    /** True if {@code uri} has this registry's scheme, host and port, so that it may receive its credentials. */
    public boolean isOrigin(URI uri) {
        return base.getScheme().equalsIgnoreCase(uri.getScheme())
                && base.getHost().equalsIgnoreCase(uri.getHost())
                && portOf(base) == portOf(uri);
    }

    /**
     * {@code uri} on this registry's own scheme and port if it is on the same host by the same port, else unchanged: a
     * registry behind a TLS-terminating proxy may call itself by plain HTTP.
     */
    public URI onOrigin(URI uri) {
        boolean samePort = explicitPort(uri) == explicitPort(base) || portOf(uri) == portOf(base);
        if (!base.getHost().equalsIgnoreCase(uri.getHost()) || !samePort) {
            return uri;
        }
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return URI.create(base + uri.getRawPath() + query);
    }

    /** The port, or -1 for the scheme's default. */
    private static int explicitPort(URI uri) {
        boolean own = uri.getPort() == ("http".equalsIgnoreCase(uri.getScheme()) ? 80 : 443);
        return own ? -1 : uri.getPort();
    }

    private static URI base(String scheme, String registry) {
        return URI.create(scheme + "://" + new ImageReference(registry, "-", null, null).wireHost());
    }

    private static int portOf(URI uri) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return "http".equalsIgnoreCase(uri.getScheme()) ? 80 : 443;
    }
}
