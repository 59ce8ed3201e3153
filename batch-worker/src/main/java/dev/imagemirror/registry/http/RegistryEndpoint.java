package dev.imagemirror.registry.http;

import dev.imagemirror.registry.model.Repository;
import dev.imagemirror.registry.model.Scope;
import java.io.IOException;
import java.net.URI;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;

/**
 * One operation of the distribution API: how to ask and how to read the answer. {@code RegistryCaller} does the rest.
 *
 * @param <T> what the operation answers
 */
public interface RegistryEndpoint<T> {
    /** The repository that is asked. */
    Repository repository();

    /** What the operation needs to be allowed to do. */
    Scope scope();

    /** Where to ask first; redirects may lead elsewhere. */
    URI uri();

    /** A fresh request to {@code uri}, without credentials. */
    HttpUriRequestBase request(URI uri);

    /** True if {@link #read} takes an answer of this status. */
    boolean accepts(int status);

    /**
     * Reads an accepted answer. The caller closes it afterwards unless {@link #isStreaming}.
     *
     * @throws IOException if the answer cannot be read; the request is tried again
     */
    T read(ClassicHttpResponse response) throws IOException;

    /** What is asked for, for messages: an image reference or a digest in a repository. */
    String subject();

    /** True if the answer stays open and the result closes it. */
    default boolean isStreaming() {
        return false;
    }

    /** True if the answer is a document that nothing verifies, so that it must not come encoded. */
    default boolean isUnverifiedDocument() {
        return false;
    }

    /** How many bytes the request's body has; 0 if it has none, or next to none. */
    default long bodyBytes() {
        return 0;
    }

    /**
     * How often it is tried, even if the policy of retries allows more: less for what is tried in another way then. Answers
     * that ask for fewer requests do not count.
     */
    default int maxTries() {
        return Integer.MAX_VALUE;
    }

    /** False if the request's body can be sent only once. */
    default boolean isRepeatable() {
        return true;
    }
}
