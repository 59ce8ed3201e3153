package dev.imagemirror.testing.fault;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.imagemirror.testing.http.ConnectionAbort;
import dev.imagemirror.testing.http.Headers;
import dev.imagemirror.testing.http.Interceptor;
import dev.imagemirror.testing.http.Request;
import dev.imagemirror.testing.http.Response;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What can go wrong instead of an answer, or before one. {@link BodyFaults} has what goes wrong within. */
public final class Faults {
    private static final Duration FOR_EVER = Duration.ofDays(1);
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);

    private Faults() {}

    /** Answers with this status and an error body of the OCI form; the request's body is read and dropped. */
    public static Interceptor status(int status) {
        String body = "{\"errors\":[{\"code\":\"FAULT\",\"message\":\"on purpose\"}]}\n";
        return answer(Response.text(status, "application/json; charset=utf-8", body));
    }

    /** Answers with this status, error code and message in the OCI form. */
    public static Interceptor status(int status, String code, String message) {
        String body = "{\"errors\":[{\"code\":\"%s\",\"message\":\"%s\"}]}%n".formatted(code, message);
        return answer(Response.text(status, "application/json; charset=utf-8", body));
    }

    /** Answers with this status, headers and body. */
    public static Interceptor status(int status, Headers headers, String body) {
        Response answer = Response.text(status, "application/json", body);
        for (String name : headers.asMap().keySet()) {
            answer = answer.with(name, headers.first(name).orElseThrow());
        }
        return answer(answer);
    }

    /** Answers 401 with a challenge whose realm is that address. */
    public static Interceptor challenge(String realm) {
        String challenge = "Bearer realm=\"" + realm + "\",service=\"s\"";
        return answer(Response.text(401, "application/json", "").with("WWW-Authenticate", challenge));
    }

    /** Answers at once without reading the request's body, then ends the connection, as a busy front end does. */
    public static Interceptor statusWithoutReading(int status) {
        return answer(Response.text(status, "text/plain", "on purpose\n").closing());
    }

    /** 429 with {@code Retry-After} in whole seconds. */
    public static Interceptor tooManyRequests(Duration retryAfter) {
        return tooManyRequests(Long.toString(retryAfter.toSeconds()));
    }

    /** 429 with {@code Retry-After} as an HTTP date (RFC 9110 section 5.6.7). */
    public static Interceptor tooManyRequests(Instant retryAt) {
        return tooManyRequests(HTTP_DATE.format(retryAt));
    }

    /** Answers 307 with this {@code Location}. */
    public static Interceptor redirect(String location) {
        return answer(Response.of(307).with("Location", location));
    }

    /** Answers 307 to the very URL that was asked for: with {@link FaultMatch#always()} a redirect without end. */
    public static Interceptor redirectToSelf() {
        return before(request -> Optional.of(Response.of(307).with("Location", request.target())));
    }

    /** Resets the connection instead of an answer, before the request's body is read. */
    public static Interceptor resetBeforeAnswer() {
        return before(request -> {
            throw ConnectionAbort.reset();
        });
    }

    /** Closes the connection instead of an answer. */
    public static Interceptor closeBeforeAnswer() {
        return before(request -> {
            throw ConnectionAbort.close();
        });
    }

    /** Does what was asked, then resets the connection instead of answering: the client cannot know. */
    public static Interceptor resetAfterHandling() {
        return new Interceptor() {
            @Override
            public Response after(Request request, Response response) throws IOException {
                throw ConnectionAbort.reset();
            }
        };
    }

    /** Waits before the request is handled. */
    public static Interceptor delay(Duration time) {
        return before(request -> {
            request.pause(time);
            return Optional.empty();
        });
    }

    /** Reads nothing more and never answers, until the server closes. */
    public static Interceptor stall() {
        return delay(FOR_EVER);
    }

    /** Does what was asked and changes the answer. */
    public static Interceptor alter(UnaryOperator<Response> change) {
        return new Interceptor() {
            @Override
            public Response after(Request request, Response response) {
                return change.apply(response);
            }
        };
    }

    /** Does this to requests with a query parameter of that name, and nothing to others. */
    public static Interceptor onlyWith(String parameter, Interceptor action) {
        return new Interceptor() {
            @Override
            public Optional<Response> before(Request request) throws IOException {
                return request.query().first(parameter).isPresent() ? action.before(request) : Optional.empty();
            }

            @Override
            public Response after(Request request, Response response) throws IOException {
                return request.query().first(parameter).isPresent() ? action.after(request, response) : response;
            }
        };
    }

    /** 200 with this content in one chunk and the mark of its end, which makes it whole (RFC 9112 section 7.1). */
    public static Interceptor inChunks(byte[] content) {
        return chunk(content, "0\r\n\r\n");
    }

    /** The same without the mark, as where the server dies. */
    public static Interceptor inChunksWithoutEnd(byte[] content) {
        return chunk(content, "");
    }

    private static Interceptor chunk(byte[] content, String end) {
        return answer(Response.takenOver(0, (in, out) -> {
            out.write("HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes(US_ASCII));
            out.write((Integer.toHexString(content.length) + "\r\n").getBytes(US_ASCII));
            out.write(content);
            out.write(("\r\n" + end).getBytes(US_ASCII));
            out.flush();
        }));
    }

    /** Runs a hook on the connection's thread, then goes on as if nothing had happened. */
    public static Interceptor run(Runnable hook) {
        return before(request -> {
            hook.run();
            return Optional.empty();
        });
    }

    /** Gives this answer; the request's body is read and dropped. */
    public static Interceptor answer(Response response) {
        return before(request -> Optional.of(response));
    }

    private static Interceptor tooManyRequests(String retryAfter) {
        String body = "{\"errors\":[{\"code\":\"TOOMANYREQUESTS\",\"message\":\"slow down\"}]}\n";
        return answer(
                Response.text(429, "application/json; charset=utf-8", body).with("Retry-After", retryAfter));
    }

    private static Interceptor before(Step step) {
        return new Interceptor() {
            @Override
            public Optional<Response> before(Request request) throws IOException {
                return step.apply(request);
            }
        };
    }

    @FunctionalInterface
    private interface Step {
        Optional<Response> apply(Request request) throws IOException;
    }
}
