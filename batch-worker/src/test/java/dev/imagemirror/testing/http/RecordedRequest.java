package dev.imagemirror.testing.http;

/**
 * A request that a testing server got.
 *
 * @param sequence counts from 1 over the life of the server
 * @param status the answer's status, 0 when there was none (yet)
 * @param bytesReceived bytes of the request's body that were read
 * @param bytesSent bytes of the answer's body that were written
 */
public record RecordedRequest(
        int sequence,
        String method,
        String path,
        Query query,
        Headers headers,
        int status,
        long bytesReceived,
        long bytesSent) {
    @Override
    public String toString() {
        String target = query.raw().isEmpty() ? path : path + "?" + query.raw();
        return "#%d %s %s -> %d, in %d, out %d".formatted(sequence, method, target, status, bytesReceived, bytesSent);
    }
}
