package dev.imagemirror.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;

/**
 * What may be shown of a refusal by a token endpoint: its code, if it is one that is known. The rest of the answer may be
 * anything, since a registry says where the endpoint is. Codes: OCI distribution specification "Error Codes" and RFC
 * 6749, section 5.2.
 */
final class TokenErrors {
    private static final int MAX_BODY = 16 * 1024;
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
    static String code(ClassicHttpResponse response) {
        HttpEntity entity = response.getEntity();
        if (entity == null) {
            return "";
        }
        try {
            InputStream in = entity.getContent(); // closed with the answer
            JsonNode answer = new ObjectMapper().readTree(in == null ? new byte[0] : in.readNBytes(MAX_BODY));
            String code = answer.path("errors")
                    .path(0)
                    .path("code")
                    .asText(answer.path("error").asText(""));
            return KNOWN.contains(code) ? " (" + code + ")" : "";
        } catch (IOException e) {
            return ""; // the status alone has to do
        }
    }
}
