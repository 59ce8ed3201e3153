package dev.imagemirror.registry.model;

/** Hears of every HTTP request that a client sends, those for tokens included. Quick, never throws. Thread-safe. */
@FunctionalInterface
public interface RequestListener {
    /** Hears and does nothing. */
    RequestListener NONE = (host, method, status) -> {};

    /**
     * A request was answered, or was not.
     *
     * @param host whom it went to, with the port if the address names one
     * @param method such as {@code HEAD}
     * @param status of the answer, or 0 if there was none
     */
    void requested(String host, String method, int status);
}
