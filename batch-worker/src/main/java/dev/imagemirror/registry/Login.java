package dev.imagemirror.registry;

import dev.imagemirror.registry.auth.Authenticator;
import dev.imagemirror.registry.http.Headers;
import dev.imagemirror.registry.model.RegistryAddress;
import dev.imagemirror.registry.model.RegistryException;
import dev.imagemirror.registry.model.Scope;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpRequest;

/** Authorizes the requests of one exchange, and decides whether a rejected one may be repeated. Used by one thread. */
final class Login {
    /** One to learn the registry's scheme, one with a fresh credential if the cached one has expired. */
    private static final int MAX_REFUSALS = 2;

    private final Authenticator authenticator;
    private final RegistryAddress address;
    private final Scope scope;
    private String sent = "";
    private int refusals;
    private boolean renewed;

    Login(Authenticator authenticator, RegistryAddress address, Scope scope) {
        this.authenticator = authenticator;
        this.address = address;
        this.scope = scope;
    }

    /** An upload session or a redirect may be on another host, which must not see the credentials. */
    void authorize(HttpRequest request, boolean isAtOrigin) throws RegistryException {
        sent = isAtOrigin ? authenticator.authorization(address, scope).orElse("") : "";
        if (!sent.isEmpty()) {
            request.setHeader(HttpHeaders.AUTHORIZATION, sent);
        }
    }

    /** True if the last request carried no authorization. */
    boolean isAnonymous() {
        return sent.isEmpty();
    }

    /**
     * True if the request may succeed with another authorization.
     *
     * @param detail from the response body
     * @param isAtOrigin true if the registry itself responded
     */
    boolean mayRenew(ClassicHttpResponse response, String detail, boolean isAtOrigin) throws RegistryException {
        boolean expired = !renewed && mayHaveExpired(response.getCode(), detail);
        renewed |= expired;
        boolean refused = expired || (response.getCode() == 401 && refusals++ < MAX_REFUSALS);
        String challenge =
                Headers.values(response, HttpHeaders.WWW_AUTHENTICATE).orElse("");
        return refused && isAtOrigin && authenticator.refused(address, scope, sent, challenge);
    }

    /** ECR returns 403 for an expired token; for a HEAD, whose response has no body, without a reason. */
    private boolean mayHaveExpired(int status, String detail) {
        boolean unexplained = detail.isEmpty() && sent.startsWith("Basic ");
        return StatusErrors.isExpiredToken(status, detail) || (status == 403 && unexplained);
    }
}
