package dev.imagemirror.testing.registry;

import java.util.List;

/**
 * A request to the token endpoint.
 *
 * @param scopes as sent, for instance {@code repository:app:pull,push}
 * @param user empty if anonymous
 * @param grantType of a POST; empty for a GET
 */
public record TokenRequest(
        String method, String service, List<String> scopes, String user, String grantType, int status) {
    /** Copies the scopes. */
    public TokenRequest {
        scopes = List.copyOf(scopes);
    }
}
