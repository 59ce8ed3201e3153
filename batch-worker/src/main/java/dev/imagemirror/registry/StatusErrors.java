package dev.imagemirror.registry;

import dev.imagemirror.registry.http.ErrorBody;
import dev.imagemirror.registry.http.RegistryEndpoint;
import dev.imagemirror.registry.http.RetryAfter;
import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.RegistryException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.apache.hc.core5.http.ClassicHttpResponse;

/**
 * Turns a response that an endpoint does not accept into a typed error. Codes: OCI distribution specification "Error
 * Codes"; otherwise as ECR, Quay, GHCR and Harbor respond.
 */
final class StatusErrors {
    private StatusErrors() {}

    /**
     * The meaning of a response.
     *
     * @param body of the response
     * @param throttled true if it is a rate limit
     */
    static RegistryException of(
            RegistryEndpoint<?> endpoint,
            ClassicHttpResponse response,
            ErrorBody body,
            boolean throttled,
            Instant now) {
        int status = response.getCode();
        String detail = body.shown();
        String message = endpoint.subject() + ": " + endpoint.uri().getAuthority() + " answered " + status
                + (detail.isEmpty() ? "" : " (" + detail + ")");
        String registry = endpoint.repository().registry();
        Optional<Duration> asked = RetryAfter.of(response, now);
        if (throttled) {
            return RegistryException.throttled(
                    status, registry, message + "; it is rate limiting", asked.orElse(Duration.ZERO));
        }
        ErrorKind kind = kind(endpoint, status, detail);
        String full = message + advice(endpoint, kind, status);
        return kind == ErrorKind.TEMPORARY
                ? RegistryException.temporary(status, full, asked.orElse(null))
                : RegistryException.answered(kind, status, full);
    }

    /** True for ECR's response to an expired token: 403 where others return 401. */
    static boolean isExpiredToken(int status, String detail) {
        return status == 403 && detail.toLowerCase(Locale.ROOT).contains("token has expired");
    }

    /** True for the response of Go's and nginx's TLS servers to plain HTTP. */
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
        boolean childWentAway = endpoint.bodyBytes() > 0 && detail.contains("MANIFEST_UNKNOWN"); // of an index
        return childWentAway ? ErrorKind.TEMPORARY : pushKind(status, detail);
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
                || lower.contains("imagealreadyexists"); // ECR already has these very bytes there
        return immutable ? ErrorKind.IMMUTABLE_TAG : ErrorKind.REFUSED;
    }

    private static String advice(RegistryEndpoint<?> endpoint, ErrorKind kind, int status) {
        if (status == 413 && endpoint.bodyBytes() > 0) {
            return "; the registry or a proxy in front of it refuses a body of " + endpoint.bodyBytes()
                    + " bytes: raise the limit there (client_max_body_size in nginx)";
        }
        return switch (kind) {
            case ACCESS_DENIED ->
                status == 401
                        ? "; provide valid credentials for this registry"
                        : "; grant its credentials access to this repository";
            case REPOSITORY_NOT_FOUND -> "; create the repository";
            case IMMUTABLE_TAG -> "; the tag exists with other content: use another tag or make tags mutable";
            default -> "";
        };
    }
}
