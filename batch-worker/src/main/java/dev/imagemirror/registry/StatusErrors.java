package dev.imagemirror.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;

/**
 * Turns an answer that an endpoint does not accept into a typed error. Codes: OCI distribution specification "Error
 * Codes"; the rest as ECR, Quay, GHCR and Harbor answer.
 */
final class StatusErrors {
    private static final int MAX_BODY = 16 * 1024;
    private static final int MAX_MESSAGE = 300;

    private StatusErrors() {}

    /** @param detail the answer's body, as {@link #detail} shows it */
    static RegistryException of(
            RegistryEndpoint<?> endpoint, ClassicHttpResponse response, String detail, Instant now) {
        int status = response.getCode();
        ErrorKind kind = kind(endpoint, status, detail);
        String message = endpoint.subject() + ": " + endpoint.uri().getAuthority() + " answered " + status
                + (detail.isEmpty() ? "" : " (" + detail + ")") + advice(kind, status);
        return kind == ErrorKind.TEMPORARY
                ? RegistryException.retryAfter(
                        status, endpoint.repository().registry(), message, RetryAfter.of(response, now))
                : RegistryException.answered(kind, status, message);
    }

    /** True for ECR's answer to a token that was good once: 403 where others answer 401. */
    static boolean isExpiredToken(int status, String detail) {
        return status == 403 && detail.toLowerCase(Locale.ROOT).contains("token has expired");
    }

    /** True for what Go's and nginx's TLS servers answer to plain HTTP. */
    static boolean isTlsExpected(String detail) {
        return detail.contains("HTTP request to an HTTPS server") || detail.contains("was sent to HTTPS port");
    }

    private static ErrorKind kind(RegistryEndpoint<?> endpoint, int status, String detail) {
        if (status == 401 || status == 403) {
            return ErrorKind.ACCESS_DENIED;
        }
        if (status == 408 || status == 425 || status == 429 || status >= 500) {
            return ErrorKind.TEMPORARY;
        }
        if (!endpoint.scope().isWrite()) {
            return status == 404 ? ErrorKind.NOT_FOUND : ErrorKind.REFUSED;
        }
        return pushKind(status, detail);
    }

    private static ErrorKind pushKind(int status, String detail) {
        boolean contentWentAway = detail.contains("BLOB_UNKNOWN")
                || detail.contains("BLOB_UPLOAD_UNKNOWN")
                || detail.contains("BLOB_UPLOAD_INVALID")
                || detail.contains("DIGEST_INVALID")
                || detail.contains("SIZE_INVALID")
                || detail.contains("images do not exist");
        if (contentWentAway || status == 416) {
            return ErrorKind.TEMPORARY;
        }
        if (status == 404) { // before the words below, which may be the repository's name
            return ErrorKind.REPOSITORY_NOT_FOUND;
        }
        String lower = detail.toLowerCase(Locale.ROOT);
        boolean immutable = lower.contains("immutable")
                || lower.contains("imagetagalreadyexists")
                || lower.contains("imagealreadyexists"); // ECR has these very bytes there
        return immutable ? ErrorKind.IMMUTABLE_TAG : ErrorKind.REFUSED;
    }

    private static String advice(ErrorKind kind, int status) {
        return switch (kind) {
            case ACCESS_DENIED ->
                status == 401
                        ? "; give credentials for this registry that are valid there"
                        : "; give its credentials the right to this repository";
            case REPOSITORY_NOT_FOUND -> "; create the repository";
            case IMMUTABLE_TAG -> "; the tag exists with other content: use another tag or make tags mutable";
            default -> "";
        };
    }

    /** The error codes and messages of an answer, shortened to one printable line. */
    static String detail(ClassicHttpResponse response) {
        byte[] body = body(response.getEntity());
        String text = describe(body);
        String line =
                text.replaceAll("\\s+", " ").replaceAll("[^\\x20-\\x7e]", "?").trim();
        return line.length() > MAX_MESSAGE ? line.substring(0, MAX_MESSAGE) + "..." : line;
    }

    private static byte[] body(HttpEntity entity) {
        if (entity == null) {
            return new byte[0];
        }
        try {
            InputStream in = entity.getContent(); // closed with the answer
            return in == null ? new byte[0] : in.readNBytes(MAX_BODY);
        } catch (IOException e) {
            return new byte[0]; // the status alone has to do
        }
    }

    private static String describe(byte[] body) {
        try {
            JsonNode error = new ObjectMapper().readTree(body).path("errors").path(0);
            if (!error.isMissingNode()) {
                return error.path("code").asText("") + " "
                        + error.path("message").asText("") + " "
                        + (error.path("detail").isTextual()
                                ? error.path("detail").asText()
                                : "");
            }
        } catch (IOException e) {
            // no JSON: show what came
        }
        return new String(body, StandardCharsets.UTF_8);
    }
}
