package dev.imagemirror.testing.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.util.Locale;
import java.util.Optional;

/** Request line and header fields (RFC 9112 sections 3 and 5). */
record RequestHead(String method, String target, String version, Headers headers) {
    private static final int LINE_LIMIT = 64 * 1024;

    /** Reads a head; empty when the peer closed the connection between two requests. */
    static Optional<RequestHead> read(InputStream in) throws IOException {
        String line = readLine(in);
        if (line == null) {
            return Optional.empty();
        }
        String[] parts = line.split(" ", -1);
        if (parts.length != 3) {
            throw new ProtocolException("not a request line: " + line);
        }
        return Optional.of(new RequestHead(parts[0], parts[1], parts[2], readFields(in)));
    }

    boolean keepAlive() {
        return !version.equals("HTTP/1.0") && !headerIs("Connection", "close");
    }

    boolean chunked() {
        return headerIs("Transfer-Encoding", "chunked");
    }

    boolean expectsContinue() {
        return headerIs("Expect", "100-continue");
    }

    long contentLength() {
        return headers.first("Content-Length").map(Long::parseLong).orElse(0L);
    }

    /** A line without its end, or null at the end of the stream. */
    static String readLine(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        int next = in.read();
        if (next < 0) {
            return null;
        }
        while (next >= 0 && next != '\n') {
            line.append((char) next);
            if (line.length() > LINE_LIMIT) {
                throw new ProtocolException("header line too long");
            }
            next = in.read();
        }
        int end = line.length();
        return end > 0 && line.charAt(end - 1) == '\r' ? line.substring(0, end - 1) : line.toString();
    }

    private boolean headerIs(String name, String value) {
        return headers.first(name)
                .map(text -> text.toLowerCase(Locale.ROOT))
                .filter(value::equals)
                .isPresent();
    }

    private static Headers readFields(InputStream in) throws IOException {
        Headers headers = Headers.none();
        for (String line = readLine(in); line != null && !line.isEmpty(); line = readLine(in)) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new ProtocolException("not a header field: " + line);
            }
            headers = headers.plus(
                    line.substring(0, colon), line.substring(colon + 1).strip());
        }
        return headers;
    }
}
