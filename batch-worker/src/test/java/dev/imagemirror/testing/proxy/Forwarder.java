package dev.imagemirror.testing.proxy;

import dev.imagemirror.testing.http.Headers;
import dev.imagemirror.testing.http.Request;
import dev.imagemirror.testing.http.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Connects clients to origins: tunnels for CONNECT, one exchange a connection for absolute URLs. */
public final class Forwarder {
    private Forwarder() {}

    /** Opens a tunnel to {@code host:port} (RFC 9110 section 9.3.6). */
    public static Response tunnel(String authority) {
        return connected(authority)
                .map(origin -> Response.takenOver(200, (in, out) -> relay(origin, in, out)))
                .orElseGet(() -> unreachable(authority));
    }

    /** Sends a request with an absolute URL on to {@code host:port}, without the proxy's own headers. */
    public static Response forward(Request request, String authority) {
        URI target = URI.create(request.target());
        return connected(authority)
                .map(origin -> Response.takenOver(0, (in, out) -> exchange(origin, request, target, out)))
                .orElseGet(() -> unreachable(authority));
    }

    private static Response unreachable(String authority) {
        return Response.text(502, "text/plain", "cannot reach " + authority + "\n");
    }

    private static Optional<Socket> connected(String authority) {
        int colon = authority.lastIndexOf(':');
        String host = authority.substring(0, colon).replace("[", "").replace("]", "");
        int port = Integer.parseInt(authority.substring(colon + 1));
        try {
            return Optional.of(new Socket(host, port));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static void relay(Socket origin, InputStream in, OutputStream out) throws IOException {
        try (origin) {
            Thread back = new Thread(() -> copyAndEnd(origin, out), "testing-proxy-back");
            back.setDaemon(true);
            back.start();
            copy(in, origin.getOutputStream());
            origin.shutdownOutput();
            back.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void copyAndEnd(Socket origin, OutputStream out) {
        try {
            copy(origin.getInputStream(), out);
            out.close();
        } catch (IOException e) {
            // One side broke off; closing tells the other.
            closeQuietly(out);
        }
    }

    private static void exchange(Socket origin, Request request, URI target, OutputStream out) throws IOException {
        try (origin) {
            OutputStream there = origin.getOutputStream();
            there.write(head(request, target));
            copy(request.body(), there);
            copy(origin.getInputStream(), out);
        }
    }

    private static byte[] head(Request request, URI target) {
        String query = target.getRawQuery() == null ? "" : "?" + target.getRawQuery();
        StringBuilder head = new StringBuilder(request.method())
                .append(' ')
                .append(target.getRawPath())
                .append(query)
                .append(" HTTP/1.1\r\n");
        Headers headers = request.headers()
                .without("Proxy-Authorization")
                .without("Proxy-Connection")
                .without("Expect")
                .with("Connection", "close");
        headers.asMap()
                .forEach((name, values) -> values.forEach(
                        value -> head.append(name).append(": ").append(value).append("\r\n")));
        return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void copy(InputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            out.write(buffer, 0, count);
            out.flush();
        }
    }

    private static void closeQuietly(OutputStream out) {
        try {
            out.close();
        } catch (IOException e) {
            // It is closed, which is all that was wanted.
        }
    }
}
