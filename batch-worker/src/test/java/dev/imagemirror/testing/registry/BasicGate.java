package dev.imagemirror.testing.registry;

import dev.imagemirror.testing.http.Request;
import dev.imagemirror.testing.http.Response;
import java.util.List;
import java.util.Optional;

/** Basic authentication with one user, as docker-registry does it with htpasswd. */
record BasicGate(BasicCredential expected) implements Gate {
    @Override
    public Optional<Response> refuse(Request request, List<AccessScope> needed) {
        boolean known = BasicCredential.read(request.headers(), "Authorization")
                .filter(expected::equals)
                .isPresent();
        return known
                ? Optional.empty()
                : Optional.of(OciErrors.error(401, "UNAUTHORIZED", "authentication required")
                        .with("WWW-Authenticate", "Basic realm=\"testing registry\""));
    }
}
