package dev.imagemirror.testing.http;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** One client's connection: reads requests and answers them one after another until either side ends it. */
final class Connection implements Runnable {
    private static final Duration LINGER = Duration.ofMillis(500);

    private final Socket plain;
    private final TestingHttpServer server;
    private final Handler handler;
    private InputStream in;
    private OutputStream out;

    Connection(Socket plain, TestingHttpServer server, Handler handler) {
        this.plain = plain;
        this.server = server;
        this.handler = handler;
    }

    @Override
    public void run() {
        try (Socket socket = secured()) {
            in = new BufferedInputStream(socket.getInputStream());
            out = new BufferedOutputStream(socket.getOutputStream());
            while (serveNext()) {
                out.flush();
            }
            out.flush();
        } catch (ConnectionAbort abort) {
            end(abort);
        } catch (IOException gone) {
            // The client left or broke off; the record of the request shows how far it came.
        } finally {
            server.forget(plain);
        }
    }

    private Socket secured() throws IOException {
        SSLContext tls = server.tls();
        if (tls == null) {
            return plain;
        }
        // Layered over the plain socket, so that a reset can be sent below TLS.
        return tls.getSocketFactory().createSocket(plain, InputStream.nullInputStream(), true);
    }

    private boolean serveNext() throws IOException {
        Optional<RequestHead> read = RequestHead.read(in);
        if (read.isEmpty()) {
            return false;
        }
        RequestHead head = read.get();
        Exchange exchange = server.recorder().begin(head);
        BodyInput body = BodyInput.of(head, in, out, exchange);
        Request request = new Request(head, body, server::pause);
        try {
            Response response = answer(request);
            return send(head, response, body, exchange);
        } catch (ConnectionAbort abort) {
            // Thrown before socket.close(), which would say farewell in TLS and hide the reset.
            end(abort);
            throw abort;
        }
    }

    private Response answer(Request request) throws IOException {
        List<Interceptor> interceptors = server.interceptors(request);
        for (Interceptor interceptor : interceptors) {
            Optional<Response> early = interceptor.before(request);
            if (early.isPresent()) {
                return early.get();
            }
        }
        Response response = handler.handle(request);
        for (Interceptor interceptor : interceptors) {
            response = interceptor.after(request, response);
        }
        return response;
    }

    private boolean send(RequestHead head, Response response, BodyInput body, Exchange exchange) throws IOException {
        exchange.answered(response.status());
        if (response.takeover() != null) {
            return takeOver(response);
        }
        boolean leaveUnread = response.close() || body.continueAwaited();
        if (!leaveUnread) {
            body.transferTo(OutputStream.nullOutputStream());
        }
        boolean withBody = !head.method().equals("HEAD");
        boolean last = leaveUnread || !head.keepAlive() || (withBody && ResponseHead.lies(response));
        out.write(ResponseHead.bytes(response, last));
        if (withBody) {
            writeBody(response, exchange);
        }
        if (last) {
            endInOrder(leaveUnread);
        }
        return !last;
    }

    private void writeBody(Response response, Exchange exchange) throws IOException {
        try {
            response.body().writeTo(new CountedOutput(out, exchange));
        } catch (ConnectionAbort abort) {
            // What was written before the break must arrive.
            out.flush();
            throw abort;
        }
    }

    private boolean takeOver(Response response) throws IOException {
        if (response.status() != 0) {
            out.write(ResponseHead.bytes(response, false));
            out.flush();
        }
        response.takeover().serve(in, out);
        return false;
    }

    private void endInOrder(boolean unread) throws IOException {
        out.flush();
        if (unread && server.tls() == null) {
            // Closing with unread bytes would reset the connection, and the client might lose the answer.
            plain.shutdownOutput();
            server.pause(LINGER);
        }
    }

    private void end(ConnectionAbort abort) {
        try {
            if (abort.isReset()) {
                plain.setSoLinger(true, 0);
            }
            plain.close();
        } catch (IOException gone) {
            // It is closed, which is all that was wanted.
        }
    }
}
