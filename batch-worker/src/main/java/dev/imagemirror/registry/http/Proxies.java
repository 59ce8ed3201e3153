package dev.imagemirror.registry.http;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Proxies by the environment's conventions: {@code HTTPS_PROXY}, {@code HTTP_PROXY}, {@code NO_PROXY}, in lower case
 * too. Loopback hosts are always reached directly. Immutable, thread-safe.
 *
 * @param https proxy for HTTPS, or null
 * @param http proxy for plain HTTP, or null
 * @param exempt hosts, {@code .suffixes} and {@code host:port} to reach directly; {@code *} for all
 */
public record Proxies(URI https, URI http, List<String> exempt) {
    /** Everything is reached directly. */
    public static final Proxies NONE = new Proxies(null, null, List.of());

    public Proxies {
        exempt = List.copyOf(exempt);
    }

    /**
     * Reads the conventional variables.
     *
     * @throws IllegalArgumentException naming the variable that holds no address
     */
    public static Proxies fromEnvironment(Map<String, String> environment) {
        String exempt = value(environment, "NO_PROXY");
        return new Proxies(
                proxy(environment, "HTTPS_PROXY"),
                proxy(environment, "HTTP_PROXY"),
                exempt == null
                        ? List.of()
                        : Stream.of(exempt.split("[,\\s]+"))
                                .filter(entry -> !entry.isEmpty())
                                .map(entry -> entry.toLowerCase(Locale.ROOT))
                                .toList());
    }

    /** The proxy for a host, or null to reach it directly. */
    URI proxyFor(String scheme, String host, int port) {
        if (Loopback.isLoopback(host) || isExempt(host.toLowerCase(Locale.ROOT), port)) {
            return null;
        }
        return scheme.equalsIgnoreCase("https") ? https : http;
    }

    boolean isEmpty() {
        return https == null && http == null;
    }

    /** The addresses may hold a password, which does not show. */
    @Override
    public String toString() {
        return "Proxies[https=" + shown(https) + ", http=" + shown(http) + ", exempt=" + exempt + "]";
    }

    private static String shown(URI proxy) {
        return proxy == null ? "none" : proxy.getHost() + (proxy.getPort() < 0 ? "" : ":" + proxy.getPort());
    }

    private boolean isExempt(String host, int port) {
        return exempt.stream().anyMatch(entry -> {
            String suffix = entry.startsWith("*.") ? entry.substring(1) : entry;
            String bare = suffix.startsWith(".") ? suffix.substring(1) : suffix;
            return entry.equals("*")
                    || host.equals(bare)
                    || (host + ":" + port).equals(bare)
                    || host.endsWith("." + bare);
        });
    }

    private static URI proxy(Map<String, String> environment, String name) {
        String value = value(environment, name);
        if (value == null) {
            return null;
        }
        try {
            URI uri = URI.create(value.contains("://") ? value : "http://" + value);
            if (uri.getHost() != null && "http".equalsIgnoreCase(uri.getScheme())) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // answered below, without the value: it may hold a password
        }
        throw new IllegalArgumentException(
                name
                        + " holds no proxy address; write http://host:port, with user and password before the host if it needs them");
    }

    private static String value(Map<String, String> environment, String name) {
        String value = environment.getOrDefault(name, environment.get(name.toLowerCase(Locale.ROOT)));
        return value == null || value.isBlank() ? null : value.trim();
    }
}
