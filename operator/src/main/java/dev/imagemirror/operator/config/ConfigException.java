package dev.imagemirror.operator.config;

import java.util.List;

/** An invalid configuration; the message lists all errors, one per line. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> errors;

    ConfigException(List<String> errors) {
        super(String.join("\n", errors));
        this.errors = List.copyOf(errors);
    }

    /** All errors: key, problem, and expected form. */
    public List<String> errors() {
        return errors;
    }
}
