package dev.imagemirror.testing.registry;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.imagemirror.testing.http.Query;
import dev.imagemirror.testing.http.Request;
import dev.imagemirror.testing.http.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** {@code /token}: GET with Basic or nothing, POST in the OAuth 2 form (docker token specification). */
final class TokenEndpoint {
    private static final int FORM_LIMIT = 64 * 1024;

    private final TokenAuth auth;
    private final Tokens tokens;
    private final List<TokenRequest> requests = new CopyOnWriteArrayList<>();

    TokenEndpoint(TokenAuth auth, Tokens tokens) {
        this.auth = auth;
        this.tokens = tokens;
    }

    List<TokenRequest> requests() {
        return List.copyOf(requests);
    }

    void clearRequests() {
        requests.clear();
    }

    Response answer(Request request) throws IOException {
        boolean post = request.method().equals("POST");
        Query query = post ? form(request) : request.query();
        List<String> scopes = query.all("scope").stream()
                .flatMap(text -> Stream.of(text.split(" ", -1)))
                .filter(text -> !text.isEmpty())
                .toList();
        Optional<String> user = post ? formUser(query) : basicUser(request);
        Response answer = user.isPresent()
                ? grant(query, scopes, user.get())
                : OciErrors.error(401, "UNAUTHORIZED", "incorrect username or password");
        requests.add(new TokenRequest(
                request.method(),
                query.first("service").orElse(""),
                scopes,
                user.orElse("?"),
                query.first("grant_type").orElse(""),
                answer.status()));
        return answer;
    }

    private static Query form(Request request) throws IOException {
        return Query.parse(new String(request.body().readNBytes(FORM_LIMIT), StandardCharsets.UTF_8));
    }

    /** The user who asks, "" for an anonymous one who may; empty if the credential is wrong or missing. */
    private Optional<String> basicUser(Request request) {
        Optional<BasicCredential> sent = BasicCredential.read(request.headers(), "Authorization");
        if (sent.isEmpty()) {
            boolean open = auth.users().isEmpty() || auth.has(TokenAuth.Option.ANONYMOUS_PULL);
            return open && !request.headers().has("Authorization") ? Optional.of("") : Optional.empty();
        }
        return sent.filter(
                        credential -> credential.password().equals(auth.users().get(credential.user())))
                .map(BasicCredential::user);
    }

    private Optional<String> formUser(Query form) {
        if (form.first("grant_type").equals(Optional.of("refresh_token"))) {
            return form.first("refresh_token")
                    .filter(token -> !token.isEmpty() && token.equals(auth.identityToken()))
                    .map(token -> "identity-token");
        }
        String user = form.first("username").orElse("");
        return form.first("password")
                .filter(password -> password.equals(auth.users().get(user)))
                .map(known -> user);
    }

    private Response grant(Query query, List<String> scopes, String user) {
        if (query.first("service").filter(auth.service()::equals).isEmpty()) {
            return OciErrors.error(400, "INVALID_SERVICE", "this server issues tokens for " + auth.service());
        }
        boolean pullOnly = user.isEmpty() && !auth.users().isEmpty();
        List<AccessScope> granted = scopes.stream()
                .map(AccessScope::parse)
                .flatMap(Optional::stream)
                .map(scope -> pullOnly ? scope.pullOnly() : scope)
                .toList();
        return Response.text(
                200,
                "application/json",
                body(tokens.issue(granted, auth.lifetime()), query).toString());
    }

    private ObjectNode body(String token, Query query) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        // The OAuth 2 form knows access_token alone.
        boolean oauth = query.first("grant_type").isPresent();
        if (auth.has(TokenAuth.Option.EMPTY_TOKEN)) {
            body.put("token", "").put("access_token", token);
        } else if (oauth || auth.has(TokenAuth.Option.ANSWERS_ACCESS_TOKEN)) {
            body.put("access_token", token);
        } else {
            body.put("token", token);
        }
        if (!auth.has(TokenAuth.Option.NO_EXPIRES_IN)) {
            body.put("expires_in", auth.lifetime().toSeconds());
        }
        return body.put("issued_at", tokens.now().toString());
    }
}
