package dev.imagemirror.registry;

import dev.imagemirror.registry.auth.Authenticator;
import dev.imagemirror.registry.http.ContentCoding;
import dev.imagemirror.registry.http.ErrorBody;
import dev.imagemirror.registry.http.Headers;
import dev.imagemirror.registry.http.PartialContent;
import dev.imagemirror.registry.http.RedirectPolicy;
import dev.imagemirror.registry.http.RegistryEndpoint;
import dev.imagemirror.registry.http.ResponseEnd;
import dev.imagemirror.registry.http.RetryAfter;
import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.RateLimit;
import dev.imagemirror.registry.model.RegistryAddress;
import dev.imagemirror.registry.model.RegistryException;
import java.io.IOException;
import java.time.Clock;
import java.util.Set;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHeaders;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One attempt at one endpoint: its request, and those that follow from redirects and rejected authorizations. */
final class Exchange<T> {
    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final HttpClient http;
    private final Login login;
    private final RedirectPolicy redirects;
    private final Clock clock;
    private final RegistryAddress address;
    private final RegistryEndpoint<T> endpoint;
    private final Route route;
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
        this.login = new Login(authenticator, address, endpoint.scope());
        this.redirects = redirects;
        this.clock = clock;
        this.address = address;
        this.endpoint = endpoint;
        this.route = new Route(redirects, address, endpoint);
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
                // a rate limit is not an answer, whatever its status means otherwise
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

    /** True once the registry has responded by the scheme of the request. */
    boolean isAnswered() {
        return answered;
    }

    private ClassicHttpResponse send() throws IOException {
        HttpUriRequestBase request = endpoint.request(route.uri());
        ranged = request.containsHeader(HttpHeaders.RANGE);
        login.authorize(request, route.isAtOrigin());
        endpoint.repository().countRequest();
        try {
            HttpClientContext context = route.context();
            ClassicHttpResponse response = http.executeOpen(null, request, context);
            answered = true;
            LOG.debug("{} {} {}", response.getCode(), request.getMethod(), route);
            if (route.isAtOrigin()) {
                redirects.answered(address, context);
                noteRateLimit(response);
            }
            return response;
        } catch (IllegalStateException e) {
            throw new IOException("the client has been closed", e); // by the thread that stops the copy
        } catch (IOException e) {
            LOG.debug("{} {}: {}", request.getMethod(), route, e.toString());
            if (!answered && SchemeDoubt.isRaisedBy(e, address)) {
                throw new OtherSchemeException(e);
            }
            throw e instanceof RegistryException refusal && route.isRedirected()
                    ? refusal.asElsewhere() // an address that is not allowed
                    : e;
        }
    }

    private void noteRateLimit(ClassicHttpResponse response) {
        String remaining = Headers.value(response, Headers.RATE_LIMIT_REMAINING).orElse("");
        String reset = Headers.value(response, Headers.RATE_LIMIT_RESET).orElse("");
        RateLimit.of(remaining, reset, clock.instant()).ifPresent(endpoint.repository()::noteRateLimit);
    }

    private T read(ClassicHttpResponse response) throws IOException {
        if (response.getCode() < 400) {
            ContentCoding.check(endpoint, response);
        }
        return endpoint.read(response);
    }

    /** Sets up the next request of this exchange, or throws the error that the response means. */
    private void prepareNext(ClassicHttpResponse response, ErrorBody body, boolean throttled) throws IOException {
        int status = response.getCode();
        if (REDIRECTS.contains(status)) {
            route.follow(response);
            return;
        }
        if (status == 400 && !throttled && SchemeDoubt.isRaisedByBadRequest(body.shown(), address)) {
            answered = false;
            throw new OtherSchemeException();
        }
        boolean isFirstQuestion = status == 401 && login.isAnonymous(); // authenticated users may have a higher limit
        boolean again = (!throttled || isFirstQuestion) && login.mayRenew(response, body.shown(), route.isAtOrigin());
        if (!again || !endpoint.isRepeatable()) {
            RegistryException error = StatusErrors.of(endpoint, response, body, throttled, clock.instant());
            if (!route.isAtOrigin()) {
                error = error.asElsewhere();
            }
            throw again ? error.as(ErrorKind.TEMPORARY) : error; // a new request can send the body again
        }
    }
}
