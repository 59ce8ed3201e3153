package dev.imagemirror.registry.model;

/** Notified of every HTTP request of a client, including those for tokens. Quick, never throws. Thread-safe. */
@FunctionalInterface
public interface RequestListener {
    /** A listener that does nothing. */
    RequestListener NONE = (host, method, status) -> {};

    /**
     * A request completed or failed.
     *
     * @param host the target, with the port if the address has one
     * @param method such as {@code HEAD}
     * @param status of the response, or 0 if there was none
     */
    void requested(String host, String method, int status);
}
