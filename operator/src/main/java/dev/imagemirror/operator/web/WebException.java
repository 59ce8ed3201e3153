package dev.imagemirror.operator.web;

/** A request that is not served as asked, with what to say about it. */
final class WebException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int status;
    private final String parameter;

    private WebException(int status, String parameter, String message) {
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

    int status() {
        return status;
    }

    /** The query parameter at fault, or null. */
    String parameter() {
        return parameter;
    }
}
