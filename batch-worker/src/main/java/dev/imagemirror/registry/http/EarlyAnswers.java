package dev.imagemirror.registry.http;

import dev.imagemirror.registry.model.RegistryException;
import java.io.IOException;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HeaderElements;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.impl.io.MonitoringResponseOutOfOrderStrategy;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.io.ResponseOutOfOrderStrategy;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.Timeout;

/**
 * Reads responses that arrive before the whole body is sent (RFC 9112, section 9.5), such as a proxy's refusal of a
 * large body: nginx returns 413 ({@code client_max_body_size}), then closes. {@link #WATCH} checks for a response from
 * time to time; if the connection breaks meanwhile, what arrived before is still read. {@code Expect: 100-continue}
 * would cost another round trip with each blob, and a wait where it is not supported. Thread-safe.
 */
final class EarlyAnswers extends HttpRequestExecutor {
    /** Bytes between two checks; each takes a millisecond with TLS. */
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

    /** A connection whose failed writes matter only if there is no response to read. Used by one thread. */
    private static final class Listening extends ForwardingConnection {
        /** Data that has arrived is available at once. */
        private static final Timeout AT_ONCE = Timeout.ofMilliseconds(1);

        private boolean broken;

        Listening(HttpClientConnection connection) {
            super(connection);
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
            if (fault instanceof RegistryException || !hasAnswer(fault)) { // the former comes from the body's source
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
    }
}
