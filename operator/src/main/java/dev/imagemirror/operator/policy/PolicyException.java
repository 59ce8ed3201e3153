package dev.imagemirror.operator.policy;

import java.util.List;

/** YAML that is no good policy; the message has every error, one a line, named by its place. */
public final class PolicyException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<String> errors;

    PolicyException(List<String> errors) {
        super(String.join("\n", errors));
        this.errors = List.copyOf(errors);
    }

    /** Every error. */
    public List<String> errors() {
        return errors;
    }
}
