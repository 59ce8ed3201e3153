package dev.imagemirror.registry;

import dev.imagemirror.registry.http.Headers;
import dev.imagemirror.registry.http.RedirectPolicy;
import dev.imagemirror.registry.http.RegistryEndpoint;
import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.RegistryAddress;
import dev.imagemirror.registry.model.RegistryException;
import java.net.URI;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHeaders;

/** Where the requests of one exchange go: to the registry, then wherever it redirects. Used by one thread. */
final class Route {
    private final RedirectPolicy redirects;
    private final RegistryAddress address;
    private final RegistryEndpoint<?> endpoint;
    private URI uri;
    private int followed;

    Route(RedirectPolicy redirects, RegistryAddress address, RegistryEndpoint<?> endpoint) {
        this.redirects = redirects;
        this.address = address;
        this.endpoint = endpoint;
        uri = endpoint.uri();
    }

    URI uri() {
        return uri;
    }

    /** True for the registry itself, which may see its credentials. */
    boolean isAtOrigin() {
        return address.isOrigin(uri);
    }

    /** True for a redirect target. */
    boolean isRedirected() {
        return followed > 0 && !isAtOrigin();
    }

    /** The context of the next request. */
    HttpClientContext context() {
        return redirects.context(address, uri);
    }

    /** Follows a redirect, if that is allowed. */
    void follow(ClassicHttpResponse response) throws RegistryException {
        int status = response.getCode();
        String what = endpoint.subject() + ": " + address.registry();
        if (!endpoint.isRepeatable()) {
            throw new RegistryException(
                    ErrorKind.REFUSED,
                    what + " redirected an upload (" + status + "), whose body cannot be sent a second time");
        }
        if (++followed > RedirectPolicy.MAX_REDIRECTS) {
            throw RegistryException.answered(
                    ErrorKind.REFUSED,
                    status,
                    what + " redirects more than " + RedirectPolicy.MAX_REDIRECTS + " times");
        }
        try {
            String location = Headers.value(response, HttpHeaders.LOCATION).orElse("");
            uri = redirects.follow(endpoint, address, uri, location);
        } catch (RegistryException e) {
            throw e.asElsewhere();
        }
    }

    /** Safe for logs: the queries of upload sessions and signed download addresses are secrets. */
    @Override
    public String toString() {
        return uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath();
    }
}
