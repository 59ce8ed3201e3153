package dev.imagemirror.testing.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/**
 * An HTTP/1.1 server on 127.0.0.1 and a free port, with one daemon thread a connection. It records every request and
 * applies interceptors, which may break the protocol. All methods may be called from any thread.
 */
public final class TestingHttpServer implements AutoCloseable {
    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final int BACKLOG = 512;

    private final ServerSocket listener;
    private final SSLContext tls;
    private final Interceptors interceptors;
    private final Recorder recorder = new Recorder();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);

    private TestingHttpServer(ServerSocket listener, SSLContext tls, Interceptors interceptors) {
        this.listener = listener;
        this.tls = tls;
        this.interceptors = interceptors;
    }

    /**
     * Starts a server.
     *
     * @param tls the server's keys, or null for plain HTTP
     */
    public static TestingHttpServer start(SSLContext tls, Interceptors interceptors, Handler handler) {
        try {
            ServerSocket listener = new ServerSocket(0, BACKLOG, InetAddress.getByAddress(LOOPBACK));
            TestingHttpServer server = new TestingHttpServer(listener, tls, interceptors);
            server.startThread("accept", () -> server.accept(handler));
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on 127.0.0.1", e);
        }
    }

    /** The port that it listens on. */
    public int port() {
        return listener.getLocalPort();
    }

    /** {@code 127.0.0.1:port}. */
    public String authority() {
        return "127.0.0.1:" + port();
    }

    /** {@code http://127.0.0.1:port} or the same with https, without a slash at the end. */
    public String url() {
        return (tls == null ? "http://" : "https://") + authority();
    }

    /** Every request since the start or the last {@link #clearRequests()}, in order of arrival. */
    public List<RecordedRequest> requests() {
        return recorder.requests();
    }

    /** Those of one method ({@code *} for any) whose whole path matches the expression. */
    public List<RecordedRequest> requests(String method, String pathRegex) {
        return recorder.requests(method, pathRegex);
    }

    /** Forgets the requests recorded so far. */
    public void clearRequests() {
        recorder.clear();
    }

    /** The number of connections that clients hold open at this moment. */
    public int openConnections() {
        return open.size();
    }

    /** Ends the listener and every connection; waiting faults end too. */
    @Override
    public void close() {
        closed.countDown();
        closeQuietly(listener);
        new ArrayList<>(open).forEach(TestingHttpServer::closeQuietly);
    }

    SSLContext tls() {
        return tls;
    }

    Recorder recorder() {
        return recorder;
    }

    List<Interceptor> interceptors(Request request) {
        return interceptors.choose(request);
    }

    void pause(Duration time) throws IOException {
        try {
            if (closed.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
                throw ConnectionAbort.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ConnectionAbort.close();
        }
    }

    void forget(Socket socket) {
        open.remove(socket);
    }

    private void accept(Handler handler) {
        try {
            while (closed.getCount() > 0) {
                Socket socket = listener.accept();
                socket.setTcpNoDelay(true);
                open.add(socket);
                if (closed.getCount() == 0) {
                    closeQuietly(socket); // accepted while the listener was being closed
                    return;
                }
                startThread("connection", new Connection(socket, this, handler));
            }
        } catch (IOException e) {
            // The listener was closed: that is how this loop ends.
        }
    }

    private void startThread(String role, Runnable work) {
        Thread thread = new Thread(work, "testing-http-" + port() + "-" + role);
        thread.setDaemon(true);
        thread.start();
    }

    private static void closeQuietly(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            // Nothing is left to be done about a socket that does not close.
        }
    }
}
