package dev.imagemirror.operator.config;

import java.util.List;

/** A configuration that cannot be used; the message has every error, one a line. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> errors;

    ConfigException(List<String> errors) {
        super(String.join("\n", errors));
        this.errors = List.copyOf(errors);
    }

    /** Every error: the key, what is wrong and what to write. */
    public List<String> errors() {
        return errors;
    }
}
