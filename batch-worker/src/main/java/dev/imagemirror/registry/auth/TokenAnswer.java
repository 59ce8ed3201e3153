package dev.imagemirror.registry.auth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.imagemirror.registry.http.ContentCoding;
import dev.imagemirror.registry.http.ErrorBody;
import dev.imagemirror.registry.http.PartialContent;
import dev.imagemirror.registry.http.RetryAfter;
import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.RegistryAddress;
import dev.imagemirror.registry.model.RegistryException;
import dev.imagemirror.registry.model.Scope;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.hc.core5.http.ClassicHttpResponse;

/**
 * Reads the response of a token endpoint. Source: distribution "Token Authentication Specification" and "OAuth2 Token
 * Authentication".
 */
final class TokenAnswer {
    private static final int DEFAULT_LIFE_SECONDS = 60;
    private static final int MAX_BODY = 1024 * 1024;

    private final String registry;
    private final String where;
    private final Clock clock;

    TokenAnswer(RegistryAddress address, Scope scope, Clock clock) {
        registry = address.registry();
        where = "the token endpoint of " + registry + " for " + scope.parameters();
        this.clock = clock;
    }

    TokenCache.Token read(ClassicHttpResponse response) throws IOException {
        if (response.getCode() != 200 && !PartialContent.isWhole(response)) {
            throw refusal(response);
        }
        Optional<String> coding = ContentCoding.unexpected(response);
        if (coding.isPresent()) {
            throw ContentCoding.error("the answer of " + where, coding.get());
        }
        return token(json(response.getEntity().getContent().readNBytes(MAX_BODY)));
    }

    private RegistryException refusal(ClassicHttpResponse response) {
        int status = response.getCode();
        String message = where + " answered " + status;
        if (status < 400) {
            return RegistryException.answered(ErrorKind.REFUSED, status, message + ", " + noToken(status));
        }
        ErrorBody body = ErrorBody.of(response); // checked, but not shown: it may be anything
        Instant now = clock.instant();
        Optional<Duration> asked = RetryAfter.of(response, now);
        if (RetryAfter.isThrottle(response, body, now)) {
            return RegistryException.throttled(
                    status, registry, message + " and is rate limiting", asked.orElse(Duration.ZERO));
        }
        if (status == 408 || status == 425 || status >= 500) {
            return RegistryException.temporary(status, message, asked.orElse(null));
        }
        return RegistryException.answered(
                ErrorKind.ACCESS_DENIED,
                status,
                message + TokenErrors.code(body) + "; check the credentials for this registry");
    }

    private static String noToken(int status) {
        if (status == 206) {
            return "only a part of the token; fix it or the proxy in front of it";
        }
        return status >= 300
                ? "a redirect, which is not followed; fix the realm that the registry names"
                : "which is not a token; fix it or the proxy in front of it";
    }

    private JsonNode json(byte[] body) throws IOException {
        try {
            return new ObjectMapper().readTree(body);
        } catch (JsonProcessingException e) { // neither shown nor kept as the cause: it quotes what it cannot parse
            throw malformed(" answered with something that is not JSON");
        }
    }

    /** A response that would be the same again. */
    private RegistryException malformed(String fault) {
        return new RegistryException(ErrorKind.TEMPORARY, where + fault).asTokenFailure();
    }

    private TokenCache.Token token(JsonNode answer) throws RegistryException {
        String value = text(answer, "token").isEmpty() ? text(answer, "access_token") : text(answer, "token");
        if (value.isEmpty() || value.chars().anyMatch(c -> c <= ' ' || c >= 127)) {
            throw malformed(" answered without a token");
        }
        long life = Math.max(1, Math.min(answer.path("expires_in").asLong(DEFAULT_LIFE_SECONDS), 86_400));
        return new TokenCache.Token(value, clock.instant().plus(Duration.ofSeconds(life)));
    }

    /** Some endpoints send both fields, and leave one empty or null. */
    private static String text(JsonNode answer, String field) {
        JsonNode value = answer.path(field);
        return value.isTextual() ? value.asText() : "";
    }
}
