package dev.imagemirror.operator.web;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A rejected request, with an error for the client. */
final class WebException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int status;
    private final @Nullable String parameter;

    private WebException(int status, @Nullable String parameter, String message) {
        super(message);
        this.status = status;
        this.parameter = parameter;
    }

    static WebException badParameter(String parameter, String message) {
        return new WebException(400, parameter, "parameter '" + parameter + "': " + message);
    }

    static WebException notFound(String message) {
        return new WebException(404, null, message);
    }

    static WebException of(int status, String message) {
        return new WebException(status, null, message);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }

    int status() {
        return status;
    }

    /** The query parameter at fault, if any. */
    @Nullable
    String parameter() {
        return parameter;
    }
}
