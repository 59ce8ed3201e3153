package dev.imagemirror.operator.bench;

import dev.imagemirror.image.Digest;
import dev.imagemirror.image.MediaTypes;
import dev.imagemirror.testing.http.Request;
import dev.imagemirror.testing.http.Response;
import dev.imagemirror.testing.http.TestingHttpServer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A registry in which every tag of every repository has the same image, but for the destinations that lack it. It tells what
 * was asked for first, and how many requests it had to answer at the same time. Thread-safe.
 */
final class EqualRegistry implements AutoCloseable {
    private static final String MANIFEST =
            """
            {"schemaVersion":2,"mediaType":"%s",
             "config":{"mediaType":"application/vnd.oci.empty.v1+json","digest":"%s","size":2},"layers":[]}""".formatted(MediaTypes.OCI_MANIFEST, Digest.sha256("{}".getBytes(StandardCharsets.UTF_8)));

    private static final String DIGEST =
            Digest.sha256(MANIFEST.getBytes(StandardCharsets.UTF_8)).toString();

    /** The server keeps what it answered, which would be much. */
    private static final int KEPT = 1_000;

    private final Set<String> missing = ConcurrentHashMap.newKeySet();
    private final Set<String> asked = Collections.synchronizedSet(new LinkedHashSet<>());
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final TestingHttpServer server = TestingHttpServer.start(null, request -> List.of(), this::answer);

    String source(int number) {
        return server.authority() + "/from/" + image(number) + ":1";
    }

    String destination(int number) {
        return server.authority() + "/to/" + image(number) + ":1";
    }

    /** Of the same length for each number, so that one's items are another's but for this. */
    static String image(int number) {
        return "image-%07d".formatted(number);
    }

    /** The destination lacks the image, until it is {@link #put}. */
    void remove(int number) {
        missing.add("to/" + image(number));
    }

    void put(String repository) {
        missing.remove(repository);
    }

    boolean isComplete() {
        return missing.isEmpty();
    }

    /** Nothing was asked for yet. */
    void forget() {
        asked.clear();
    }

    /** The source repositories in the order in which they were first asked for. */
    List<String> asked() {
        synchronized (asked) {
            return new ArrayList<>(asked);
        }
    }

    /** How many requests were answered at the same time at most. */
    int most() {
        return most.get();
    }

    private Response answer(Request request) {
        most.accumulateAndGet(open.incrementAndGet(), Math::max);
        try {
            String[] path = request.path().split("/", -1); // /v2/from/NAME/manifests/1
            if (path.length < 6) {
                return Response.of(200);
            }
            String repository = path[2] + "/" + path[3];
            if (path[2].equals("from")) {
                asked.add(repository);
            }
            return missing.contains(repository)
                    ? Response.text(404, "application/json", "{\"errors\":[{\"code\":\"MANIFEST_UNKNOWN\"}]}")
                    : Response.text(200, MediaTypes.OCI_MANIFEST, MANIFEST).with("Docker-Content-Digest", DIGEST);
        } finally {
            open.decrementAndGet();
            if (answered.incrementAndGet() % KEPT == 0) {
                server.clearRequests();
            }
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
