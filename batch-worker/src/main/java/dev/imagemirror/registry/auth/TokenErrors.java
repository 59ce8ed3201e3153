package dev.imagemirror.registry.auth;

import dev.imagemirror.registry.http.ErrorBody;
import java.util.Set;

/**
 * What may be shown of a refusal by a token endpoint: its code, if it is one that is known. The rest of the answer may be
 * anything, since a registry says where the endpoint is. Codes: OCI distribution specification "Error Codes" and RFC
 * 6749, section 5.2.
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

    /** {@code " (CODE)"}, or empty. */
    static String code(ErrorBody body) {
        return KNOWN.contains(body.code()) ? " (" + body.code() + ")" : "";
    }
}
