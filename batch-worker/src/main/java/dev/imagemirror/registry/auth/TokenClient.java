package dev.imagemirror.registry.auth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.imagemirror.registry.http.ContentCoding;
import dev.imagemirror.registry.http.ErrorBody;
import dev.imagemirror.registry.http.PartialContent;
import dev.imagemirror.registry.http.RedirectPolicy;
import dev.imagemirror.registry.http.ResponseEnd;
import dev.imagemirror.registry.http.Retries;
import dev.imagemirror.registry.http.RetryAfter;
import dev.imagemirror.registry.model.Credential;
import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.RegistryAddress;
import dev.imagemirror.registry.model.RegistryException;
import dev.imagemirror.registry.model.Scope;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.entity.UrlEncodedFormEntity;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.NameValuePair;
import org.apache.hc.core5.http.message.BasicNameValuePair;
import org.apache.hc.core5.net.URIBuilder;

/**
 * Asks a token endpoint. Source: distribution "Token Authentication Specification" and "OAuth2 Token Authentication"
 * (a refresh token is traded by POST, everything else by GET).
 */
public final class TokenClient {
    private static final int DEFAULT_LIFE_SECONDS = 60;
    private static final int MAX_BODY = 1024 * 1024;
    private static final String CLIENT_ID = "image-mirror";

    private final HttpClient http;
    private final Retries retries;
    private final RedirectPolicy redirects;
    private final Clock clock;

    public TokenClient(HttpClient http, Retries retries, RedirectPolicy redirects, Clock clock) {
        this.http = http;
        this.retries = retries;
        this.redirects = redirects;
        this.clock = clock;
    }

    /** A new token; errors are {@link RegistryException#isTokenFailure token failures}, retried enough. */
    TokenCache.Token request(RegistryAddress address, Challenge challenge, Scope scope, Credential credential)
            throws RegistryException {
        try {
            URI realm = realm(address, challenge);
            return retries.run(realm.getRawAuthority(), () -> {
                HttpUriRequestBase request = credential instanceof Credential.IdentityToken identity
                        ? post(realm, challenge, scope, identity)
                        : get(realm, challenge, scope, credential);
                return answer(address, scope, realm, request);
            });
        } catch (RegistryException e) {
            throw e.asTokenFailure();
        }
    }

    private TokenCache.Token answer(RegistryAddress address, Scope scope, URI realm, HttpUriRequestBase request)
            throws IOException {
        ClassicHttpResponse response = http.executeOpen(null, request, redirects.context(address, realm));
        try {
            return read(address, scope, response);
        } finally {
            ResponseEnd.finish(response);
        }
    }

    /** HTTPS, or plain HTTP on the host of a registry that is asked by plain HTTP itself. */
    private static URI realm(RegistryAddress address, Challenge challenge) throws RegistryException {
        try {
            URI realm = new URI(challenge.parameter("realm"));
            boolean https = "https".equalsIgnoreCase(realm.getScheme());
            boolean http = "http".equalsIgnoreCase(realm.getScheme())
                    && address.isPlainHttp()
                    && address.base().getHost().equalsIgnoreCase(realm.getHost());
            if (realm.getHost() != null && (https || http)) {
                return realm;
            }
        } catch (URISyntaxException e) {
            // answered below
        }
        throw new RegistryException(
                ErrorKind.ACCESS_DENIED,
                address.registry()
                        + " names a token endpoint that is no HTTPS address, nor on its own host; it is not asked");
    }

    private static HttpGet get(URI realm, Challenge challenge, Scope scope, Credential credential) {
        URIBuilder uri = new URIBuilder(realm);
        if (challenge.parameter("service") != null) {
            uri.addParameter("service", challenge.parameter("service"));
        }
        scope.parameters().forEach(value -> uri.addParameter("scope", value));
        HttpGet request = new HttpGet(uri.toString());
        if (credential instanceof Credential.Basic basic) {
            request.addHeader(HttpHeaders.AUTHORIZATION, Authenticator.basic(basic));
        }
        return request;
    }

    private static HttpPost post(URI realm, Challenge challenge, Scope scope, Credential.IdentityToken identity) {
        List<NameValuePair> form = new ArrayList<>();
        form.add(new BasicNameValuePair("grant_type", "refresh_token"));
        form.add(new BasicNameValuePair("refresh_token", identity.token()));
        form.add(new BasicNameValuePair("client_id", CLIENT_ID));
        if (challenge.parameter("service") != null) {
            form.add(new BasicNameValuePair("service", challenge.parameter("service")));
        }
        form.add(new BasicNameValuePair("scope", String.join(" ", scope.parameters())));
        HttpPost request = new HttpPost(realm);
        request.setEntity(new UrlEncodedFormEntity(form));
        return request;
    }

    private TokenCache.Token read(RegistryAddress address, Scope scope, ClassicHttpResponse response)
            throws IOException {
        String where = "the token endpoint of " + address.registry() + " for " + scope.parameters();
        if (response.getCode() != 200 && !PartialContent.isWhole(response)) {
            throw refusal(where, address, response);
        }
        String coding = ContentCoding.unexpected(response);
        if (coding != null) {
            throw ContentCoding.error("the answer of " + where, coding);
        }
        return token(where, json(where, response.getEntity().getContent().readNBytes(MAX_BODY)));
    }

    private RegistryException refusal(String where, RegistryAddress address, ClassicHttpResponse response) {
        int status = response.getCode();
        String message = where + " answered " + status;
        if (status < 400) {
            return RegistryException.answered(ErrorKind.REFUSED, status, message + ", " + noToken(status));
        }
        ErrorBody body = ErrorBody.of(response); // judged, but not shown: it may be anything
        boolean throttled = RetryAfter.isThrottle(response, body, clock.instant());
        Duration asked = RetryAfter.of(response, throttled, clock.instant());
        if (throttled) {
            return RegistryException.throttled(
                    status, address.registry(), message + " and asks for fewer requests", asked);
        }
        return status == 408 || status == 425 || status >= 500
                ? RegistryException.retryAfter(status, address.registry(), message, asked)
                : RegistryException.answered(
                        ErrorKind.ACCESS_DENIED,
                        status,
                        message + TokenErrors.code(body) + "; give credentials that are valid there");
    }

    private static String noToken(int status) {
        if (status == 206) {
            return "a part of what was asked for as a whole; correct it or the proxy before it";
        }
        return status >= 300
                ? "a redirect, which is not followed; correct the realm that the registry names"
                : "which is no token; correct it or the proxy before it";
    }

    private static JsonNode json(String where, byte[] body) throws IOException {
        try {
            return new ObjectMapper().readTree(body);
        } catch (JsonProcessingException e) { // neither shown nor kept as the cause: it quotes what it cannot read
            throw malformed(where + " answered something that is no JSON");
        }
    }

    /** An answer that would be the same again. */
    private static RegistryException malformed(String message) {
        return new RegistryException(ErrorKind.TEMPORARY, message).asTokenFailure();
    }

    private TokenCache.Token token(String where, JsonNode answer) throws RegistryException {
        String value = text(answer, "token").isEmpty() ? text(answer, "access_token") : text(answer, "token");
        if (value.isEmpty() || value.chars().anyMatch(c -> c <= ' ' || c >= 127)) {
            throw malformed(where + " answered without a token");
        }
        long life = Math.max(1, Math.min(answer.path("expires_in").asLong(DEFAULT_LIFE_SECONDS), 86_400));
        return new TokenCache.Token(value, clock.instant().plus(Duration.ofSeconds(life)));
    }

    /** Some endpoints send both fields and leave one empty or null. */
    private static String text(JsonNode answer, String field) {
        JsonNode value = answer.path(field);
        return value.isTextual() ? value.asText() : "";
    }
}
