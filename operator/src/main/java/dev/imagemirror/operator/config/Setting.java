package dev.imagemirror.operator.config;

import java.util.Locale;

/**
 * One setting: its key in the file ({@code jobs.inFlight}) also gives its environment variable
 * ({@code MIRROR_OPERATOR_JOBS_IN_FLIGHT}).
 *
 * @param key dotted path in the file
 * @param unset the default, as text; empty for none
 * @param format of the value
 * @param description one sentence, for users
 * @param <T> type of the value
 */
record Setting<T>(String key, String unset, Format<T> format, String description) {
    private static final String VARIABLE_PREFIX = "MIRROR_OPERATOR_";

    /** Name of the environment variable. */
    String variable() {
        return VARIABLE_PREFIX
                + key.replaceAll("([a-z])([A-Z])", "$1_$2").replace('.', '_').toUpperCase(Locale.ROOT);
    }

    /** The default. */
    T unsetValue() {
        return format.parser().apply(unset);
    }
}
