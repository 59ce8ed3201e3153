package dev.imagemirror.testing.fault;

import dev.imagemirror.testing.http.ConnectionAbort;
import dev.imagemirror.testing.http.Interceptor;
import dev.imagemirror.testing.http.Request;
import dev.imagemirror.testing.http.Response;
import dev.imagemirror.testing.http.ResponseBody;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;

/** What can go wrong within the body of a request or of an answer. Counts are bytes, rates bytes a second. */
public final class BodyFaults {
    private static final Duration FOR_EVER = Duration.ofDays(1);

    private BodyFaults() {}

    /** Resets the connection after that many bytes of the request's body were read. */
    public static Interceptor resetRequestAfter(long bytes) {
        return onRequest(request -> new BrokenOffInput(request.body(), bytes, BodyFaults::reset));
    }

    /** Reads that many bytes of the request's body, then no more and never answers, until the server closes. */
    public static Interceptor stallRequestAfter(long bytes) {
        return onRequest(request -> new BrokenOffInput(request.body(), bytes, () -> request.pause(FOR_EVER)));
    }

    /** Reads the request's body at this rate. */
    public static Interceptor slowRequest(long bytesPerSecond) {
        return onRequest(request -> {
            Throttle throttle = new Throttle(request, bytesPerSecond);
            return new FaultyInput(request.body(), throttle.piece(), throttle::passed);
        });
    }

    /** Runs a hook, once, when at least that many bytes of the request's body were read. */
    public static Interceptor runWithinRequest(long bytes, Runnable hook) {
        return onRequest(request -> new HookedInput(request.body(), bytes, hook));
    }

    /** Resets the connection after that many bytes of the answer's body. */
    public static Interceptor resetResponseAfter(long bytes) {
        return onResponse((request, out) -> FaultyOutput.brokenOff(out, bytes, BodyFaults::reset));
    }

    /** Sends that many bytes of the answer's body, runs the hook, and resets the connection when it returns. */
    public static Interceptor resetResponseAfter(long bytes, Runnable hook) {
        return onResponse((request, out) -> FaultyOutput.brokenOff(out, bytes, () -> {
            hook.run();
            reset();
        }));
    }

    /** Closes the connection after that many bytes of the answer's body, though Content-Length says more. */
    public static Interceptor truncateResponseAfter(long bytes) {
        return onResponse((request, out) -> FaultyOutput.brokenOff(out, bytes, () -> {
            throw ConnectionAbort.close();
        }));
    }

    /** Sends that many bytes of the answer's body, then nothing more, until the server closes. */
    public static Interceptor stallResponseAfter(long bytes) {
        return onResponse((request, out) -> FaultyOutput.brokenOff(out, bytes, () -> request.pause(FOR_EVER)));
    }

    /** Sends the answer's body at this rate. */
    public static Interceptor slowResponse(long bytesPerSecond) {
        return onResponse((request, out) -> FaultyOutput.slow(out, new Throttle(request, bytesPerSecond)));
    }

    /** Alters the byte at this position, counted from 0. */
    public static Interceptor flipByte(long position) {
        return onResponse((request, out) -> FaultyOutput.altered(out, position, 1));
    }

    /** Sends another body of the same length. */
    public static Interceptor otherBody() {
        return onResponse((request, out) -> FaultyOutput.altered(out, 0, Long.MAX_VALUE));
    }

    /** Says a Content-Length that is wrong by this much, sends the body as it is and closes; HEAD lies alike. */
    public static Interceptor contentLengthOff(long difference) {
        return new Interceptor() {
            @Override
            public Response after(Request request, Response response) {
                return response.with(
                        "Content-Length", Long.toString(response.body().length() + difference));
            }
        };
    }

    private static void reset() throws IOException {
        throw ConnectionAbort.reset();
    }

    private static Interceptor onRequest(InputChange change) {
        return new Interceptor() {
            @Override
            public Optional<Response> before(Request request) {
                request.replaceBody(change.apply(request));
                return Optional.empty();
            }
        };
    }

    private static Interceptor onResponse(OutputChange change) {
        return new Interceptor() {
            @Override
            public Response after(Request request, Response response) {
                return response.mapBody(body -> changed(body, request, change));
            }
        };
    }

    private static ResponseBody changed(ResponseBody body, Request request, OutputChange change) {
        return new ResponseBody() {
            @Override
            public long length() {
                return body.length();
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                body.writeTo(change.apply(request, out));
            }
        };
    }

    @FunctionalInterface
    private interface InputChange {
        InputStream apply(Request request);
    }

    @FunctionalInterface
    private interface OutputChange {
        OutputStream apply(Request request, OutputStream out);
    }
}
