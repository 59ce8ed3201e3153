package dev.imagemirror.registry.http;

import dev.imagemirror.registry.model.Repository;
import dev.imagemirror.registry.model.Scope;
import java.io.IOException;
import java.net.URI;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;

/**
 * One operation of the distribution API: what to send, how to read the response. {@code RegistryCaller} does the rest.
 *
 * @param <T> the operation's result
 */
public interface RegistryEndpoint<T> {
    /** The target repository. */
    Repository repository();

    /** The permissions the operation needs. */
    Scope scope();

    /** The first URI to request; redirects may lead elsewhere. */
    URI uri();

    /** A fresh request to {@code uri}, without credentials. */
    HttpUriRequestBase request(URI uri);

    /** True if {@link #read} takes a response with this status. */
    boolean accepts(int status);

    /**
     * Reads an accepted response. The caller closes it afterwards unless {@link #isStreaming}.
     *
     * @throws IOException if the response cannot be read; the request is retried
     */
    T read(ClassicHttpResponse response) throws IOException;

    /** What is requested, for messages: an image reference or a digest in a repository. */
    String subject();

    /** True if the response stays open until the result closes it. */
    default boolean isStreaming() {
        return false;
    }

    /** True if the response is a document that nothing verifies, so it must not be encoded. */
    default boolean isUnverifiedDocument() {
        return false;
    }

    /** The size of the request body in bytes; 0 if it has none, or next to none. */
    default long bodyBytes() {
        return 0;
    }

    /**
     * Maximum number of tries, even if the retry policy allows more: fewer for operations with a fallback. Rate-limited
     * tries do not count.
     */
    default int maxTries() {
        return Integer.MAX_VALUE;
    }

    /** False if the request body can be sent only once. */
    default boolean isRepeatable() {
        return true;
    }
}
