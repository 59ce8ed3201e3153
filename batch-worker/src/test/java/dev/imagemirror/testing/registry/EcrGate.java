package dev.imagemirror.testing.registry;

import dev.imagemirror.testing.http.Request;
import dev.imagemirror.testing.http.Response;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Amazon ECR's Basic authentication: user {@code AWS}, a token that expires, and 403 rather than 401 when it has. */
final class EcrGate implements Gate {
    private final Set<String> expired = ConcurrentHashMap.newKeySet();
    private volatile String token;

    EcrGate(String token) {
        this.token = token;
    }

    void rotate(String next) {
        expired.add(token);
        expired.remove(next);
        token = next;
    }

    @Override
    public Optional<Response> refuse(Request request, List<AccessScope> needed) {
        Optional<BasicCredential> sent = BasicCredential.read(request.headers(), "Authorization");
        String password = sent.filter(credential -> credential.user().equals("AWS"))
                .map(BasicCredential::password)
                .orElse("");
        if (password.equals(token)) {
            return Optional.empty();
        }
        if (expired.contains(password)) {
            String message = "Your authorization token has expired. Reauthenticate and try again.";
            return Optional.of(OciErrors.error(403, "DENIED", message));
        }
        return Optional.of(Response.text(401, "text/plain; charset=utf-8", "Not Authorized\n")
                .with("WWW-Authenticate", "Basic realm=\"https://127.0.0.1/\",service=\"ecr.amazonaws.com\""));
    }
}
