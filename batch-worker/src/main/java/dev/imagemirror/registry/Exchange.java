package dev.imagemirror.registry;

import dev.imagemirror.registry.auth.Authenticator;
import dev.imagemirror.registry.http.ContentCoding;
import dev.imagemirror.registry.http.ErrorBody;
import dev.imagemirror.registry.http.Headers;
import dev.imagemirror.registry.http.PartialContent;
import dev.imagemirror.registry.http.RedirectPolicy;
import dev.imagemirror.registry.http.RegistryEndpoint;
import dev.imagemirror.registry.http.ResponseEnd;
import dev.imagemirror.registry.http.Retries;
import dev.imagemirror.registry.http.RetryAfter;
import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.RateLimit;
import dev.imagemirror.registry.model.RegistryAddress;
import dev.imagemirror.registry.model.RegistryException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHeaders;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One try of one endpoint: the request, and those that redirects and refused authorizations make of it. */
final class Exchange<T> {
    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    /** One to learn how the registry wants to be asked, one with a fresh credential where the cached one has ended. */
    private static final int MAX_AUTHORIZATIONS = 2;

    private final HttpClient http;
    private final Authenticator authenticator;
    private final RedirectPolicy redirects;
    private final Clock clock;
    private final RegistryAddress address;
    private final RegistryEndpoint<T> endpoint;
    private URI uri;
    private String authorization;
    private int authorizations;
    private boolean renewed;
    private int followed;
    private boolean answered;
    private boolean ranged;

    Exchange(
            HttpClient http,
            Authenticator authenticator,
            RedirectPolicy redirects,
            Clock clock,
            RegistryAddress address,
            RegistryEndpoint<T> endpoint) {
        this.http = http;
        this.authenticator = authenticator;
        this.redirects = redirects;
        this.clock = clock;
        this.address = address;
        this.endpoint = endpoint;
        this.uri = endpoint.uri();
    }

    T run() throws IOException {
        while (true) {
            ClassicHttpResponse response = send();
            boolean keepOpen = false;
            try {
                if (!ranged) {
                    PartialContent.takeAsWhole(endpoint, response);
                }
                ErrorBody error = response.getCode() < 400 ? ErrorBody.NONE : ErrorBody.of(response);
                // a rate limit is no answer, whatever its status means otherwise
                boolean throttled = RetryAfter.isThrottle(response, error, clock.instant());
                if (!throttled && endpoint.accepts(response.getCode())) {
                    T answer = read(response);
                    keepOpen = endpoint.isStreaming();
                    return answer;
                }
                prepareNext(response, error, throttled);
            } finally {
                if (!keepOpen) {
                    ResponseEnd.finish(response);
                }
            }
        }
    }

    /** True once the registry has answered as one that speaks the scheme by which it was asked. */
    boolean isAnswered() {
        return answered;
    }

    private ClassicHttpResponse send() throws IOException {
        HttpUriRequestBase request = endpoint.request(uri);
        ranged = request.containsHeader(HttpHeaders.RANGE);
        // an upload session or a redirect may be on another host, which must not see the credentials
        authorization = address.isOrigin(uri) ? authenticator.authorization(address, endpoint.scope()) : null;
        if (authorization != null) {
            request.setHeader(HttpHeaders.AUTHORIZATION, authorization);
        }
        endpoint.repository().countRequest();
        try {
            HttpClientContext context = redirects.context(address, uri);
            ClassicHttpResponse response = http.executeOpen(null, request, context);
            answered = true;
            LOG.debug("{} {} {}", response.getCode(), request.getMethod(), withoutQuery(uri));
            if (address.isOrigin(uri)) {
                redirects.answered(address, context);
                endpoint.repository()
                        .noteRateLimit(RateLimit.of(
                                Headers.value(response, Headers.RATE_LIMIT_REMAINING),
                                Headers.value(response, Headers.RATE_LIMIT_RESET),
                                clock.instant()));
            }
            return response;
        } catch (IllegalStateException e) {
            throw new IOException("the client has been closed", e); // by whoever stops the copy
        } catch (IOException e) {
            LOG.debug("{} {}: {}", request.getMethod(), withoutQuery(uri), e.toString());
            if (!answered && mayBeOtherScheme(e)) {
                throw new OtherSchemeException(e);
            }
            throw e instanceof RegistryException refusal && followed > 0 && !address.isOrigin(uri)
                    ? refusal.asElsewhere() // an address to which nobody may go
                    : e;
        }
    }

    private T read(ClassicHttpResponse response) throws IOException {
        if (response.getCode() < 400) {
            ContentCoding.check(endpoint, response);
        }
        return endpoint.read(response);
    }

    /** Sets up the next request of this exchange, or throws what the answer means. */
    private void prepareNext(ClassicHttpResponse response, ErrorBody body, boolean throttled) throws IOException {
        int status = response.getCode();
        if (status == 301 || status == 302 || status == 303 || status == 307 || status == 308) {
            if (!endpoint.isRepeatable()) {
                throw new RegistryException(
                        ErrorKind.REFUSED,
                        endpoint.subject() + ": " + address.registry() + " answered " + status
                                + " to an upload, whose body cannot be sent again to where that leads");
            }
            if (++followed > RedirectPolicy.MAX_REDIRECTS) {
                throw RegistryException.answered(
                        ErrorKind.REFUSED,
                        status,
                        endpoint.subject() + ": " + address.registry() + " leads to more than "
                                + RedirectPolicy.MAX_REDIRECTS + " redirects");
            }
            follow(Headers.value(response, HttpHeaders.LOCATION));
            return;
        }
        if (status == 400 && !throttled && mayBeTls(body.shown())) {
            answered = false;
            throw new OtherSchemeException(null);
        }
        boolean isFirstQuestion = status == 401 && authorization == null; // known users may ask more often
        boolean again = (!throttled || isFirstQuestion) && mayAuthorizeAgain(response, body.shown());
        if (!again || !endpoint.isRepeatable()) {
            RegistryException error = StatusErrors.of(endpoint, response, body, throttled, clock.instant());
            if (!address.isOrigin(uri)) {
                error = error.asElsewhere();
            }
            throw again ? error.as(ErrorKind.TEMPORARY) : error; // a body that is gone can be sent by a new request
        }
    }

    private void follow(String location) throws RegistryException {
        try {
            uri = redirects.follow(endpoint, address, uri, location);
        } catch (RegistryException e) {
            throw e.asElsewhere();
        }
    }

    private boolean mayAuthorizeAgain(ClassicHttpResponse response, String detail) throws RegistryException {
        boolean expired = !renewed && mayHaveExpired(response.getCode(), detail);
        renewed |= expired;
        boolean refused = expired || (response.getCode() == 401 && authorizations++ < MAX_AUTHORIZATIONS);
        return refused
                && address.isOrigin(uri)
                && authenticator.refused(
                        address,
                        endpoint.scope(),
                        authorization,
                        Headers.values(response, HttpHeaders.WWW_AUTHENTICATE));
    }

    /** ECR says 403 to a token that has ended; the answer to a HEAD, which has no body, does not even say why. */
    private boolean mayHaveExpired(int status, String detail) {
        boolean unexplained = detail.isEmpty() && authorization != null && authorization.startsWith("Basic ");
        return StatusErrors.isExpiredToken(status, detail) || (status == 403 && unexplained);
    }

    private boolean mayBeOtherScheme(IOException e) {
        boolean other = address.isPlainHttp() ? !isUnreachable(e) : Retries.isNoTls(e);
        return address.isUnproven() && other;
    }

    private boolean mayBeTls(String detail) {
        boolean suspect = address.isUnproven() && address.isPlainHttp();
        return suspect && (detail.isEmpty() || StatusErrors.isTlsExpected(detail));
    }

    private static boolean isUnreachable(IOException e) {
        return e instanceof RegistryException // it may not be asked
                || e instanceof ConnectException
                || e instanceof NoRouteToHostException
                || e instanceof SocketTimeoutException
                || e instanceof UnknownHostException;
    }

    /** Queries of upload sessions and of signed download addresses are secrets. */
    private static String withoutQuery(URI uri) {
        return uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath();
    }
}
