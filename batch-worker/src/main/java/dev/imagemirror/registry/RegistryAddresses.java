package dev.imagemirror.registry;

import dev.imagemirror.registry.http.Loopback;
import dev.imagemirror.registry.model.RegistryAddress;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The scheme of each registry: HTTPS, except for loopback and insecure registries, which get plain HTTP first and HTTPS
 * if they do not speak it. Thread-safe.
 */
final class RegistryAddresses {
    private final Map<String, RegistryAddress> addresses = new ConcurrentHashMap<>();
    private final Set<String> insecureRegistries;

    RegistryAddresses(Set<String> insecureRegistries) {
        this.insecureRegistries = Set.copyOf(insecureRegistries);
    }

    RegistryAddress of(String registry) {
        return addresses.computeIfAbsent(registry, this::initial);
    }

    /** The address responded in HTTP. */
    void proven(RegistryAddress address) {
        if (address.isUnproven()) {
            addresses.put(address.registry(), address.asProven());
        }
    }

    /** The response to plain HTTP was not HTTP. */
    RegistryAddress switchToTls(String registry) {
        RegistryAddress https = RegistryAddress.https(registry, true);
        addresses.put(registry, https);
        return https;
    }

    /** The response to TLS was not TLS either. */
    RegistryAddress switchToPlain(String registry) {
        RegistryAddress http = RegistryAddress.http(registry, false);
        addresses.put(registry, http);
        return http;
    }

    private RegistryAddress initial(String registry) {
        boolean plain = Loopback.isLoopback(registry)
                || insecureRegistries.contains(registry)
                || insecureRegistries.contains(registry.replaceFirst(":[0-9]+$", ""));
        return plain ? RegistryAddress.http(registry, true) : RegistryAddress.https(registry);
    }
}
