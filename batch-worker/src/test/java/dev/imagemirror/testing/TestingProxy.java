package dev.imagemirror.testing;

import dev.imagemirror.testing.http.Interceptors;
import dev.imagemirror.testing.http.RecordedRequest;
import dev.imagemirror.testing.http.Request;
import dev.imagemirror.testing.http.Response;
import dev.imagemirror.testing.http.TestingHttpServer;
import dev.imagemirror.testing.proxy.Forwarder;
import dev.imagemirror.testing.registry.BasicCredential;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A forward proxy on 127.0.0.1 and a free port: CONNECT tunnels, and absolute URLs of plain HTTP with a request body of
 * known length. It records every request. All methods may be called from any thread.
 */
public final class TestingProxy implements AutoCloseable {
    private final Map<String, String> routes = new ConcurrentHashMap<>();
    private final BasicCredential expected;
    private final TestingHttpServer server;

    private TestingProxy(BasicCredential expected) {
        this.expected = expected;
        Interceptors none = request -> List.of();
        server = TestingHttpServer.start(null, none, this::answer);
    }

    /** Starts a proxy for everybody. */
    public static TestingProxy start() {
        return new TestingProxy(null);
    }

    /** Starts a proxy that wants {@code Proxy-Authorization: Basic} with this user, else answers 407. */
    public static TestingProxy start(String user, String password) {
        return new TestingProxy(new BasicCredential(user, password));
    }

    /** Leads whoever asks for {@code host:port}, a name that need not exist, to this authority from now on. */
    public TestingProxy route(String hostAndPort, String authority) {
        routes.put(hostAndPort, authority);
        return this;
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

    private Response answer(Request request) {
        boolean known = expected == null
                || BasicCredential.read(request.headers(), "Proxy-Authorization")
                        .filter(expected::equals)
                        .isPresent();
        return known ? pass(request) : refusal();
    }

    private Response pass(Request request) {
        if (request.method().equals("CONNECT")) {
            return Forwarder.tunnel(routes.getOrDefault(request.target(), request.target()));
        }
        if (!request.target().startsWith("http://")) {
            return Response.text(400, "text/plain", "this is a proxy\n");
        }
        URI target = URI.create(request.target());
        String origin = target.getHost() + ":" + (target.getPort() < 0 ? 80 : target.getPort());
        return Forwarder.forward(request, routes.getOrDefault(origin, origin));
    }

    private static Response refusal() {
        return Response.text(407, "text/plain", "proxy authentication required\n")
                .with("Proxy-Authenticate", "Basic realm=\"testing proxy\"");
    }
}
