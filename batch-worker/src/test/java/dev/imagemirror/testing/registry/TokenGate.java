package dev.imagemirror.testing.registry;

import dev.imagemirror.testing.http.Request;
import dev.imagemirror.testing.http.Response;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Lets requests with a fitting bearer token pass and challenges the others (docker token specification). */
final class TokenGate implements Gate {
    private final TokenAuth auth;
    private final Tokens tokens;
    private final String scheme;

    TokenGate(TokenAuth auth, Tokens tokens, String scheme) {
        this.auth = auth;
        this.tokens = tokens;
        this.scheme = scheme;
    }

    @Override
    public Optional<Response> refuse(Request request, List<AccessScope> needed) {
        String header = request.headers().first("Authorization").orElse("");
        boolean bearer = header.regionMatches(true, 0, "Bearer ", 0, 7);
        Optional<List<AccessScope>> granted = bearer ? tokens.grantedBy(header.substring(7)) : Optional.empty();
        if (granted.isPresent() && needed.stream().allMatch(scope -> covered(granted.get(), scope))) {
            return Optional.empty();
        }
        String error = "";
        if (bearer) {
            error = granted.isPresent() ? "insufficient_scope" : "invalid_token";
        }
        return Optional.of(challenge(request, needed, error));
    }

    private static boolean covered(List<AccessScope> granted, AccessScope needed) {
        return needed.actions().stream()
                .allMatch(action -> granted.stream().anyMatch(scope -> scope.grants(needed.repository(), action)));
    }

    private Response challenge(Request request, List<AccessScope> needed, String error) {
        Response answer = OciErrors.error(401, "UNAUTHORIZED", "authentication required");
        String realm = scheme + "://" + request.headers().first("Host").orElse("") + "/token";
        String scope = auth.has(TokenAuth.Option.NO_SCOPE_IN_CHALLENGE)
                ? ""
                : needed.stream().map(AccessScope::toString).collect(Collectors.joining(" "));
        if (auth.has(TokenAuth.Option.ODD_CHALLENGE)) {
            return answer.with("WWW-Authenticate", "Basic realm=\"a, b=\\\"c\\\"\"")
                    .plus(
                            "WWW-Authenticate",
                            "bearer" + parameter(" scope", scope) + (scope.isEmpty() ? " " : " , ") + "service="
                                    + auth.service() + ",realm=\"" + realm + '"');
        }
        return answer.with(
                "WWW-Authenticate",
                "Bearer realm=\"" + realm + "\",service=\"" + auth.service() + '"' + parameter(",scope", scope)
                        + parameter(",error", error));
    }

    private static String parameter(String name, String value) {
        return value.isEmpty() ? "" : name + "=\"" + value + '"';
    }
}
