package dev.imagemirror.registry.http;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Proxies by the environment's conventions: {@code HTTPS_PROXY}, {@code HTTP_PROXY}, {@code NO_PROXY}, also in lower
 * case. Loopback hosts are always reached directly. Immutable, thread-safe.
 *
 * @param byScheme proxies of {@code https} and {@code http}, if any
 * @param exempt hosts, {@code .suffixes} and {@code host:port} to reach directly; {@code *} for all
 */
public record Proxies(Map<String, URI> byScheme, List<String> exempt) {
    /** No proxies. */
    public static final Proxies NONE = new Proxies(Map.of(), List.of());

    /** Copies its collections. */
    public Proxies {
        byScheme = Map.copyOf(byScheme);
        exempt = List.copyOf(exempt);
    }

    /**
     * Reads the conventional variables.
     *
     * @throws IllegalArgumentException naming the variable without a valid address
     */
    public static Proxies fromEnvironment(Map<String, String> environment) {
        Map<String, URI> byScheme = new HashMap<>();
        proxy(environment, "HTTPS_PROXY").ifPresent(proxy -> byScheme.put("https", proxy));
        proxy(environment, "HTTP_PROXY").ifPresent(proxy -> byScheme.put("http", proxy));
        String exempt = value(environment, "NO_PROXY").orElse("");
        return new Proxies(
                byScheme,
                Stream.of(exempt.split("[,\\s]+"))
                        .filter(entry -> !entry.isEmpty())
                        .map(entry -> entry.toLowerCase(Locale.ROOT))
                        .toList());
    }

    /** The proxy for a host; empty to reach it directly. */
    Optional<URI> proxyFor(String scheme, String host, int port) {
        return Loopback.isLoopback(host) || isExempt(host.toLowerCase(Locale.ROOT), port)
                ? Optional.empty()
                : of(scheme.toLowerCase(Locale.ROOT));
    }

    /** The proxy for {@code https} or {@code http}. */
    Optional<URI> of(String scheme) {
        return Optional.ofNullable(byScheme.get(scheme));
    }

    /** Omits the passwords that the addresses may contain. */
    @Override
    public String toString() {
        return "Proxies[https=" + shown("https") + ", http=" + shown("http") + ", exempt=" + exempt + "]";
    }

    private String shown(String scheme) {
        return of(scheme)
                .map(proxy -> proxy.getHost() + (proxy.getPort() < 0 ? "" : ":" + proxy.getPort()))
                .orElse("none");
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

    private static Optional<URI> proxy(Map<String, String> environment, String name) {
        return value(environment, name).map(value -> parse(name, value));
    }

    private static URI parse(String name, String value) {
        try {
            URI uri = URI.create(value.contains("://") ? value : "http://" + value);
            if (uri.getHost() != null && "http".equalsIgnoreCase(uri.getScheme())) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // reported below, without the value: it may contain a password
        }
        throw new IllegalArgumentException(
                name + " is not a proxy address; write http://host:port or http://user:password@host:port");
    }

    private static Optional<String> value(Map<String, String> environment, String name) {
        String variable = environment.containsKey(name) ? name : name.toLowerCase(Locale.ROOT);
        return Optional.ofNullable(environment.get(variable)).map(String::trim).filter(value -> !value.isEmpty());
    }
}
