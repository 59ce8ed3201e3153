package dev.imagemirror.operator.policy;

import java.util.List;

/** Invalid policy YAML; the message lists every error, one per line, with its location. */
public final class PolicyException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<String> errors;

    PolicyException(List<String> errors) {
        super(String.join("\n", errors));
        this.errors = List.copyOf(errors);
    }

    /** All errors. */
    public List<String> errors() {
        return errors;
    }
}
