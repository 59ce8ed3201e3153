package dev.imagemirror.registry.http;

import dev.imagemirror.registry.model.RegistryException;
import java.io.IOException;
import java.net.SocketAddress;
import javax.net.ssl.SSLSession;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.HeaderElements;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.ProtocolVersion;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.impl.io.MonitoringResponseOutOfOrderStrategy;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.io.ResponseOutOfOrderStrategy;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;

/**
 * Hears who answers before the whole body is sent (RFC 9112, section 9.5), as proxies refuse what is too large: nginx by
 * 413 ({@code client_max_body_size}), and then closes. {@link #WATCH} looks for an answer now and then; where the
 * connection breaks meanwhile, what has arrived before is read nevertheless. {@code Expect: 100-continue} would tell as
 * much for a round trip more with each blob, and a wait where it is not understood. Thread-safe.
 */
final class EarlyAnswers extends HttpRequestExecutor {
    /** Bytes between two looks: each costs a millisecond with TLS. */
    private static final long WATCHED_CHUNK = 4L * 1024 * 1024;

    static final ResponseOutOfOrderStrategy WATCH = new MonitoringResponseOutOfOrderStrategy(WATCHED_CHUNK);

    @Override
    public ClassicHttpResponse execute(
            ClassicHttpRequest request,
            HttpClientConnection connection,
            HttpResponseInformationCallback information,
            HttpContext context)
            throws IOException, HttpException {
        return super.execute(request, new Listening(connection), information, context);
    }

    /** A connection whose failed writes matter only if there is nothing to read. Used by one thread. */
    private static final class Listening implements HttpClientConnection {
        /** What has arrived is there at once. */
        private static final Timeout AT_ONCE = Timeout.ofMilliseconds(1);

        private final HttpClientConnection connection;
        private boolean broken;

        Listening(HttpClientConnection connection) {
            this.connection = connection;
        }

        @Override
        public void sendRequestEntity(ClassicHttpRequest request) throws HttpException, IOException {
            try {
                connection.sendRequestEntity(request);
            } catch (IOException e) {
                listen(e);
            }
        }

        @Override
        public void flush() throws IOException {
            if (broken) {
                return;
            }
            try {
                connection.flush();
            } catch (IOException e) {
                listen(e);
            }
        }

        private void listen(IOException fault) throws IOException {
            if (fault instanceof RegistryException || !hasAnswer(fault)) { // the one is of the body's source
                throw fault;
            }
            broken = true;
        }

        private boolean hasAnswer(IOException fault) {
            try {
                return connection.isOpen() && connection.isDataAvailable(AT_ONCE);
            } catch (IOException e) {
                fault.addSuppressed(e);
                return false;
            }
        }

        @Override
        public ClassicHttpResponse receiveResponseHeader() throws HttpException, IOException {
            ClassicHttpResponse response = connection.receiveResponseHeader();
            if (broken) {
                response.setHeader(HttpHeaders.CONNECTION, HeaderElements.CLOSE); // whatever it says
            }
            return response;
        }

        @Override
        public void receiveResponseEntity(ClassicHttpResponse response) throws HttpException, IOException {
            connection.receiveResponseEntity(response);
        }

        @Override
        public void sendRequestHeader(ClassicHttpRequest request) throws HttpException, IOException {
            connection.sendRequestHeader(request);
        }

        @Override
        public void terminateRequest(ClassicHttpRequest request) throws HttpException, IOException {
            connection.terminateRequest(request);
        }

        @Override
        public boolean isConsistent() {
            return connection.isConsistent();
        }

        @Override
        public boolean isDataAvailable(Timeout timeout) throws IOException {
            return connection.isDataAvailable(timeout);
        }

        @Override
        public boolean isStale() throws IOException {
            return connection.isStale();
        }

        @Override
        public EndpointDetails getEndpointDetails() {
            return connection.getEndpointDetails();
        }

        @Override
        public SocketAddress getLocalAddress() {
            return connection.getLocalAddress();
        }

        @Override
        public SocketAddress getRemoteAddress() {
            return connection.getRemoteAddress();
        }

        @Override
        public ProtocolVersion getProtocolVersion() {
            return connection.getProtocolVersion();
        }

        @Override
        public SSLSession getSSLSession() {
            return connection.getSSLSession();
        }

        @Override
        public boolean isOpen() {
            return connection.isOpen();
        }

        @Override
        public Timeout getSocketTimeout() {
            return connection.getSocketTimeout();
        }

        @Override
        public void setSocketTimeout(Timeout timeout) {
            connection.setSocketTimeout(timeout);
        }

        @Override
        public void close(CloseMode mode) {
            connection.close(mode);
        }

        @Override
        public void close() throws IOException {
            connection.close();
        }
    }
}
