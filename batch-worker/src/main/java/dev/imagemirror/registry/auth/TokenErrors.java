package dev.imagemirror.registry.auth;

import dev.imagemirror.registry.http.ErrorBody;
import java.util.Set;

/**
 * The part of a token endpoint's error that may be shown: a known code. The rest may be anything, since the registry
 * chooses the endpoint. Codes: OCI distribution specification "Error Codes" and RFC 6749, section 5.2.
 */
final class TokenErrors {
    private static final Set<String> KNOWN = Set.of(
            "UNAUTHORIZED",
            "DENIED",
            "UNSUPPORTED",
            "TOOMANYREQUESTS",
            "NAME_INVALID",
            "NAME_UNKNOWN",
            "invalid_request",
            "invalid_client",
            "invalid_grant",
            "invalid_scope",
            "invalid_token",
            "unauthorized_client",
            "unsupported_grant_type",
            "access_denied");

    private TokenErrors() {}

    /** {@code " (CODE)"}; empty if the code is unknown. */
    static String code(ErrorBody body) {
        return KNOWN.contains(body.code()) ? " (" + body.code() + ")" : "";
    }
}
