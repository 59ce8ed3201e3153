package dev.imagemirror.testing;

import dev.imagemirror.testing.fault.ArmedFault;
import dev.imagemirror.testing.fault.Fault;
import dev.imagemirror.testing.fault.FaultList;
import dev.imagemirror.testing.http.RecordedRequest;
import dev.imagemirror.testing.http.Request;
import dev.imagemirror.testing.http.Response;
import dev.imagemirror.testing.http.TestingHttpServer;
import dev.imagemirror.testing.registry.Ranges;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An HTTP server that serves bytes by path, as the object storage does that registries redirect to; records what it is
 * sent, so that a test can tell that no credential came along. All methods may be called from any thread.
 */
public final class TestingBlobHost implements AutoCloseable {
    private final Map<String, byte[]> content = new ConcurrentHashMap<>();
    private final FaultList faults = new FaultList();
    private final TestingHttpServer server;

    private TestingBlobHost(TestingTls tls) {
        server = TestingHttpServer.start(tls == null ? null : tls.serverContext(), faults, this::answer);
    }

    /** Starts one over plain HTTP. */
    public static TestingBlobHost start() {
        return new TestingBlobHost(null);
    }

    /** Starts one over HTTPS. */
    public static TestingBlobHost start(TestingTls tls) {
        return new TestingBlobHost(tls);
    }

    /** Serves the bytes under this path and returns the URL. */
    public String put(String path, byte[] bytes) {
        content.put(path, bytes);
        return server.url() + path;
    }

    /** {@code 127.0.0.1:port}. */
    public String authority() {
        return server.authority();
    }

    /** Scheme and authority, without a slash at the end. */
    public String url() {
        return server.url();
    }

    /** Every request, in order of arrival. */
    public List<RecordedRequest> requests() {
        return server.requests();
    }

    /** Commits this fault from now on. */
    public ArmedFault fault(Fault fault) {
        return faults.add(fault);
    }

    @Override
    public void close() {
        server.close();
    }

    private Response answer(Request request) {
        byte[] bytes = content.get(request.path());
        boolean read = request.method().equals("GET") || request.method().equals("HEAD");
        return bytes == null || !read
                ? Response.text(404, "text/plain", "not found\n")
                : Ranges.answer(request, bytes).with("Content-Type", "application/octet-stream");
    }
}
