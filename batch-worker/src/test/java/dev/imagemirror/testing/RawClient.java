package dev.imagemirror.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Sends bytes to a testing server and reads until it ends the connection: no retries, no interpretation. */
final class RawClient {
    private static final int PATIENCE_MILLIS = (int) Duration.ofSeconds(10).toMillis();

    private final int port;

    RawClient(int port) {
        this.port = port;
    }

    /** One request on a connection of its own; returns all that came back, as ISO 8859-1. */
    String send(String method, String target, String body, String... headers) throws IOException {
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n");
        head.append("Connection: close\r\nContent-Length: ")
                .append(body.length())
                .append("\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        return sendRaw(head + "\r\n" + body);
    }

    /** These bytes on a connection of its own; the request must ask for the connection's end. */
    String sendRaw(String bytes) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            OutputStream out = socket.getOutputStream();
            out.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    /** What follows the first empty line. */
    static String bodyOf(String answer) {
        return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }
}
