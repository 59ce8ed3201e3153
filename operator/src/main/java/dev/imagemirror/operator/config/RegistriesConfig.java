package dev.imagemirror.operator.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Access to registries.
 *
 * @param limits of requests
 * @param insecure registries that may be accessed by plain HTTP
 * @param addresses which addresses they may have
 * @param caFiles CA certificates to trust
 * @param deniedMeansMissing destination registries that return 401 or 403 for what does not exist
 */
public record RegistriesConfig(
        Limits limits,
        List<String> insecure,
        Addresses addresses,
        List<Path> caFiles,
        List<String> deniedMeansMissing) {

    static RegistriesConfig read(Section registries) {
        return new RegistriesConfig(
                Limits.read(registries),
                registries.read(
                        "insecure",
                        "",
                        Format.REGISTRIES,
                        "Registries that may be accessed over plain HTTP; loopback registries always may"),
                Addresses.read(registries),
                registries.read("caFiles", "", Format.CERTIFICATES, "Additional certificate authorities to trust"),
                registries.read(
                        "deniedMeansMissing",
                        "",
                        Format.REGISTRIES,
                        "Destination registries that answer 401 or 403 when a repository does not exist"
                                + " (ghcr.io, quay.io)"));
    }

    /**
     * Limits of requests.
     *
     * @param concurrency concurrent requests to one registry
     * @param connectTimeout for a connection
     * @param responseTimeout for a response
     * @param sweepWindow how long a response is reused for identical requests
     */
    public record Limits(int concurrency, Duration connectTimeout, Duration responseTimeout, Duration sweepWindow) {
        private static final Format<Duration> TIMEOUT = Format.duration(Duration.ofMillis(100));

        private static Limits read(Section registries) {
            return new Limits(
                    registries.read("concurrency", "16", Format.number(1, 256), "Concurrent requests per registry"),
                    registries.read("connectTimeout", "5s", TIMEOUT, "Connect timeout"),
                    registries.read("responseTimeout", "15s", TIMEOUT, "Response timeout"),
                    registries.read(
                            "sweepWindow",
                            "10s",
                            Format.duration(Duration.ZERO),
                            "How long an answer is reused when other entries need the same one"));
        }
    }

    /**
     * Which addresses registries may have.
     *
     * @param loopback hosts that may be on this machine
     * @param isPrivateAllowed whether private ones are allowed
     */
    public record Addresses(List<String> loopback, boolean isPrivateAllowed) {
        private static Addresses read(Section registries) {
            return new Addresses(
                    registries.read(
                            "loopback",
                            "",
                            new Format<>(Format.REGISTRIES.expected(), RegistryValues::loopbackHosts),
                            "Registries that may be on loopback addresses, on any port unless one is given;"
                                    + " link-local and metadata addresses are always refused"),
                    registries.read(
                            "privateAddresses",
                            "true",
                            Format.FLAG,
                            "Allow registries on private addresses, such as 10.0.0.1 or fd00::1"));
        }
    }
}
