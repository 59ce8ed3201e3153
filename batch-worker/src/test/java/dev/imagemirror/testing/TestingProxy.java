package dev.imagemirror.testing;

import dev.imagemirror.testing.http.Handler;
import dev.imagemirror.testing.http.Interceptors;
import dev.imagemirror.testing.http.RecordedRequest;
import dev.imagemirror.testing.http.Request;
import dev.imagemirror.testing.http.Response;
import dev.imagemirror.testing.http.TestingHttpServer;
import dev.imagemirror.testing.proxy.Forwarder;
import dev.imagemirror.testing.registry.BasicCredential;
import java.util.List;

/**
 * A forward proxy on 127.0.0.1 and a free port: CONNECT tunnels, and absolute URLs of plain HTTP with a request body of
 * known length. It records every request. All methods may be called from any thread.
 */
public final class TestingProxy implements AutoCloseable {
    private final TestingHttpServer server;

    private TestingProxy(Handler handler) {
        Interceptors none = request -> List.of();
        server = TestingHttpServer.start(null, none, handler);
    }

    /** Starts a proxy for everybody. */
    public static TestingProxy start() {
        return new TestingProxy(TestingProxy::pass);
    }

    /** Starts a proxy that wants {@code Proxy-Authorization: Basic} with this user, else answers 407. */
    public static TestingProxy start(String user, String password) {
        BasicCredential expected = new BasicCredential(user, password);
        return new TestingProxy(request -> {
            boolean known = BasicCredential.read(request.headers(), "Proxy-Authorization")
                    .filter(expected::equals)
                    .isPresent();
            return known ? pass(request) : refusal();
        });
    }

    /** {@code 127.0.0.1:port}. */
    public String authority() {
        return server.authority();
    }

    /** {@code http://127.0.0.1:port}. */
    public String url() {
        return server.url();
    }

    /** The port. */
    public int port() {
        return server.port();
    }

    /** Every request to the proxy; the path of a CONNECT is {@code host:port}, else it is an absolute URL. */
    public List<RecordedRequest> requests() {
        return server.requests();
    }

    /** {@code host:port} of every tunnel that was opened, in order. */
    public List<String> tunnels() {
        return server.requests("CONNECT", ".*").stream()
                .filter(request -> request.status() == 200)
                .map(RecordedRequest::path)
                .toList();
    }

    @Override
    public void close() {
        server.close();
    }

    private static Response pass(Request request) {
        if (request.method().equals("CONNECT")) {
            return Forwarder.tunnel(request.target());
        }
        return request.target().startsWith("http://")
                ? Forwarder.forward(request)
                : Response.text(400, "text/plain", "this is a proxy\n");
    }

    private static Response refusal() {
        return Response.text(407, "text/plain", "proxy authentication required\n")
                .with("Proxy-Authenticate", "Basic realm=\"testing proxy\"");
    }
}
