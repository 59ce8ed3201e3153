package dev.imagemirror.testing.registry;

import dev.imagemirror.testing.http.Request;
import dev.imagemirror.testing.http.Response;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The authentication that a registry was built with, and what a test may do to it meanwhile. */
public final class Access {
    private final Gate gate;
    private final EcrGate ecr;
    private final Tokens tokens;
    private final TokenEndpoint endpoint;

    Access(RegistryOptions options, String scheme) {
        TokenAuth auth = options.tokenAuth == null ? TokenAuth.forService("none") : options.tokenAuth;
        tokens = new Tokens(options.clock);
        endpoint = new TokenEndpoint(auth, tokens);
        ecr = new EcrGate(options.ecrToken == null ? "" : options.ecrToken);
        if (options.ecrToken != null) {
            gate = ecr;
        } else if (options.tokenAuth != null) {
            gate = new TokenGate(auth, tokens, scheme);
        } else {
            gate = options.basic == null ? Gate.OPEN : new BasicGate(options.basic);
        }
    }

    /** Every request to the token endpoint so far. */
    public List<TokenRequest> tokenRequests() {
        return endpoint.requests();
    }

    /** Forgets the requests to the token endpoint. */
    public void clearTokenRequests() {
        endpoint.clearRequests();
    }

    /** Makes every bearer token issued so far invalid. */
    public void revokeTokens() {
        tokens.revokeAll();
    }

    /** Lets the present ECR token expire and makes {@code next} the valid one. */
    public void rotateEcrToken(String next) {
        ecr.rotate(next);
    }

    Optional<Response> refuse(Request request, Route route) {
        return gate.refuse(request, AccessScope.needed(request, route));
    }

    boolean isTokenRequest(Request request) {
        return gate instanceof TokenGate && request.path().equals("/token");
    }

    Response token(Request request) throws IOException {
        return endpoint.answer(request);
    }
}
