package dev.imagemirror.registry.http;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * How registries are reached.
 *
 * @param insecureRegistries registries ({@code host} or {@code host:port}) that may be accessed by plain HTTP; loopback
 * always may
 * @param caFiles PEM files of certificate authorities to trust besides the platform's
 * @param proxies proxy of each scheme, and hosts to reach without
 * @param userAgent value of the {@code User-Agent} header
 * @param connections their number and time-outs
 * @param addresses which addresses are allowed
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
     * @param perHost concurrent requests to one host; more wait inside the client
     * @param connectTimeout for a connection including its TLS handshake
     * @param responseTimeout for each wait for data; also the longest that a registry may leave a sent body unread
     */
    public record Connections(int perHost, Duration connectTimeout, Duration responseTimeout) {}

    /** Copies its collections. */
    public RegistrySettings {
        insecureRegistries = Set.copyOf(insecureRegistries);
        caFiles = List.copyOf(caFiles);
    }

    /** No insecure registries, no additional CAs, no proxy, nothing on this machine. */
    public static RegistrySettings standard() {
        return new RegistrySettings(
                Set.of(),
                List.of(),
                Proxies.NONE,
                "image-mirror",
                new Connections(32, Duration.ofSeconds(10), Duration.ofMinutes(2)),
                AddressRule.STANDARD);
    }

    /** The same for another program, whose name appears in registries' logs. */
    public RegistrySettings named(String program) {
        return new RegistrySettings(insecureRegistries, caFiles, proxies, program, connections, addresses);
    }

    /** The {@code standard} settings, except for trust and routing. */
    public RegistrySettings reaching(Set<String> insecure, List<Path> authorities, Proxies through) {
        return new RegistrySettings(insecure, authorities, through, userAgent, connections, addresses);
    }

    /** These settings with another address rule. */
    public RegistrySettings under(AddressRule rule) {
        return new RegistrySettings(insecureRegistries, caFiles, proxies, userAgent, connections, rule);
    }

    /** These settings with other time-outs. */
    public RegistrySettings withTimeouts(Duration connect, Duration response) {
        return with(new Connections(connections.perHost(), connect, response));
    }

    /** These settings with another limit on concurrent requests to one host. */
    public RegistrySettings withConnectionsPerHost(int connectionsPerHost) {
        return with(new Connections(connectionsPerHost, connectTimeout(), responseTimeout()));
    }

    /** For a connection including its TLS handshake. */
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
