package dev.imagemirror.operator.web;

import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * Jetty's own errors, raised before {@link Guard} runs: in the format of all other errors, echoing nothing of the
 * request.
 */
final class Refusals extends ErrorHandler {
    @Override
    protected void generateResponse(
            Request request, Response response, int code, String message, Throwable cause, Callback callback) {
        Guard.HEADERS.forEach(response.getHeaders()::put);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        String words = HttpStatus.getMessage(code) + ": invalid request; the dashboard is at /";
        String body = JsonText.of(Map.of("error", Map.of("message", words)));
        Content.Sink.write(response, true, body, callback);
    }
}
