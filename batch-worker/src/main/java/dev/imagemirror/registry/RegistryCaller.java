package dev.imagemirror.registry;

import dev.imagemirror.registry.auth.Authenticator;
import dev.imagemirror.registry.http.RedirectPolicy;
import dev.imagemirror.registry.http.RegistryEndpoint;
import dev.imagemirror.registry.http.Retries;
import dev.imagemirror.registry.model.RegistryAddress;
import dev.imagemirror.registry.model.RegistryException;
import dev.imagemirror.registry.model.Repository;
import java.io.IOException;
import java.time.Clock;
import java.util.function.Function;
import org.apache.hc.client5.http.classic.HttpClient;

/**
 * The one place that does HTTP: schemes, authorization, redirects, retries, and errors of all endpoints. Thread-safe.
 */
final class RegistryCaller {
    private final HttpClient http;
    private final Authenticator authenticator;
    private final Retries retries;
    private final RedirectPolicy redirects;
    private final Clock clock;
    private final RegistryAddresses addresses;

    /** @param addresses learns which scheme each registry speaks */
    RegistryCaller(
            HttpClient http,
            Authenticator authenticator,
            Retries retries,
            RedirectPolicy redirects,
            Clock clock,
            RegistryAddresses addresses) {
        this.http = http;
        this.authenticator = authenticator;
        this.retries = retries;
        this.redirects = redirects;
        this.clock = clock;
        this.addresses = addresses;
    }

    /** Calls one endpoint of a repository, by the other scheme if the registry does not speak the first. */
    <T> T call(Repository repository, Function<RegistryAddress, RegistryEndpoint<T>> endpoint)
            throws RegistryException {
        RegistryAddress address = addresses.of(repository.registry());
        try {
            return call(address, endpoint.apply(address));
        } catch (OtherSchemeException e) {
            return callByTls(repository.registry(), endpoint);
        }
    }

    private <T> T callByTls(String registry, Function<RegistryAddress, RegistryEndpoint<T>> endpoint)
            throws RegistryException {
        RegistryAddress https = addresses.switchToTls(registry);
        try {
            return call(https, endpoint.apply(https));
        } catch (OtherSchemeException e) {
            RegistryAddress http = addresses.switchToPlain(registry);
            return call(http, endpoint.apply(http));
        }
    }

    private <T> T call(RegistryAddress address, RegistryEndpoint<T> endpoint) throws RegistryException {
        String host = address.base().getRawAuthority();
        Retries.Attempt<T> attempt = () -> attempt(address, endpoint);
        return endpoint.isRepeatable()
                ? retries.run(host, endpoint.maxTries(), attempt)
                : retries.runOnce(host, attempt);
    }

    private <T> T attempt(RegistryAddress address, RegistryEndpoint<T> endpoint) throws IOException {
        Exchange<T> exchange = new Exchange<>(http, authenticator, redirects, clock, address, endpoint);
        try {
            return exchange.run();
        } catch (IOException e) {
            if (!endpoint.isRepeatable() && !(e instanceof RegistryException)) {
                authenticator.doubt(address, endpoint.scope());
            }
            throw e;
        } finally {
            if (exchange.isAnswered()) { // even by an error
                addresses.proven(address);
            }
        }
    }
}
