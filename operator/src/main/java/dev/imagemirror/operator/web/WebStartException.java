package dev.imagemirror.operator.web;

import org.jspecify.annotations.Nullable;

/** The management port cannot be opened. */
public final class WebStartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WebStartException(WebSettings settings, RuntimeException cause) {
        super(
                "port " + settings.port() + " of " + settings.address() + " cannot be opened (" + root(cause) + ")",
                cause);
    }

    private static @Nullable String root(Throwable fault) {
        Throwable cause = fault;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage();
    }
}
