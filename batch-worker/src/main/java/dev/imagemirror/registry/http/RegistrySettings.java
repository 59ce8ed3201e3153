package dev.imagemirror.registry.http;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * How registries are reached.
 *
 * @param insecureRegistries registries ({@code host} or {@code host:port}) that may be asked by plain HTTP; loopback
 *     always may
 * @param caFiles PEM files of certificate authorities to trust beside the platform's
 * @param proxies proxy of each scheme, and whom to reach without
 * @param userAgent value of the {@code User-Agent} header
 * @param connections how many there are and how long they are waited for
 * @param addresses which addresses may be asked
 */
public record RegistrySettings(
        Set<String> insecureRegistries,
        List<Path> caFiles,
        Proxies proxies,
        String userAgent,
        Connections connections,
        AddressRule addresses) {
    /**
     * Connections to a registry.
     *
     * @param perHost requests to one host at the same time; more wait inside the client
     * @param connectTimeout for a connection with its TLS handshake
     * @param responseTimeout for each wait for data; also the longest that a registry may leave a sent body unread
     */
    public record Connections(int perHost, Duration connectTimeout, Duration responseTimeout) {}

    /** Copies its collections. */
    public RegistrySettings {
        insecureRegistries = Set.copyOf(insecureRegistries);
        caFiles = List.copyOf(caFiles);
    }

    /** No insecure registries, no own authorities, no proxy, nothing on this machine. */
    public static RegistrySettings standard() {
        return new RegistrySettings(
                Set.of(),
                List.of(),
                Proxies.NONE,
                "image-mirror",
                new Connections(32, Duration.ofSeconds(10), Duration.ofMinutes(2)),
                AddressRule.STANDARD);
    }

    /** The same for another program, which logs of registries name. */
    public RegistrySettings named(String program) {
        return new RegistrySettings(insecureRegistries, caFiles, proxies, program, connections, addresses);
    }

    /** Settings that differ from {@code standard} in who is trusted and how hosts are reached. */
    public RegistrySettings reaching(Set<String> insecure, List<Path> authorities, Proxies through) {
        return new RegistrySettings(insecure, authorities, through, userAgent, connections, addresses);
    }

    /** These settings with another rule on addresses. */
    public RegistrySettings under(AddressRule rule) {
        return new RegistrySettings(insecureRegistries, caFiles, proxies, userAgent, connections, rule);
    }

    /** These settings with other time-outs. */
    public RegistrySettings withTimeouts(Duration connect, Duration response) {
        return with(new Connections(connections.perHost(), connect, response));
    }

    /** These settings with so many requests to one host at the same time. */
    public RegistrySettings withConnectionsPerHost(int connectionsPerHost) {
        return with(new Connections(connectionsPerHost, connectTimeout(), responseTimeout()));
    }

    /** For a connection with its TLS handshake. */
    public Duration connectTimeout() {
        return connections.connectTimeout();
    }

    /** For each wait for data. */
    public Duration responseTimeout() {
        return connections.responseTimeout();
    }

    private RegistrySettings with(Connections changed) {
        return new RegistrySettings(insecureRegistries, caFiles, proxies, userAgent, changed, addresses);
    }
}
