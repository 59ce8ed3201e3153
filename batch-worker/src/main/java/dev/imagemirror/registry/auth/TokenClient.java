package dev.imagemirror.registry.auth;

import dev.imagemirror.registry.http.RedirectPolicy;
import dev.imagemirror.registry.http.ResponseEnd;
import dev.imagemirror.registry.http.Retries;
import dev.imagemirror.registry.model.Credential;
import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.RegistryAddress;
import dev.imagemirror.registry.model.RegistryException;
import dev.imagemirror.registry.model.Scope;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
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
import org.jspecify.annotations.Nullable;

/**
 * Requests tokens. Source: distribution "Token Authentication Specification" and "OAuth2 Token Authentication" (POST
 * exchanges a refresh token, everything else is a GET).
 */
public final class TokenClient {
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

    /**
     * A new token; errors are {@link RegistryException#isTokenFailure token failures}, already retried.
     *
     * @param credential of the requester; null for anonymous
     */
    TokenCache.Token request(RegistryAddress address, Challenge challenge, Scope scope, @Nullable Credential credential)
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
            return new TokenAnswer(address, scope, clock).read(response);
        } finally {
            ResponseEnd.finish(response);
        }
    }

    /** HTTPS, or plain HTTP on the host of a registry that speaks plain HTTP itself. */
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
            // reported below
        }
        throw new RegistryException(
                ErrorKind.ACCESS_DENIED,
                address.registry()
                        + " names a token endpoint that is neither an HTTPS address nor on its own host; it is not used");
    }

    private static HttpGet get(URI realm, Challenge challenge, Scope scope, @Nullable Credential credential) {
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
}
