package dev.imagemirror.operator.config;

import java.util.Locale;
import java.util.function.Function;

/**
 * One setting: its key in the file ({@code jobs.inFlight}), and by that its environment variable
 * ({@code MIRROR_OPERATOR_JOBS_IN_FLIGHT}).
 *
 * @param key dotted path in the file
 * @param unset the value, as text, where neither file nor environment say one
 * @param form what a value looks like, for error messages
 * @param meaning one sentence
 * @param parser from text; an {@link IllegalArgumentException} means that the text is no such value
 * @param <T> type of the value
 */
record Parameter<T>(String key, String unset, String form, String meaning, Function<String, T> parser) {
    private static final String VARIABLE_PREFIX = "MIRROR_OPERATOR_";

    /** Name of the environment variable. */
    String variable() {
        return VARIABLE_PREFIX
                + key.replaceAll("([a-z])([A-Z])", "$1_$2").replace('.', '_').toUpperCase(Locale.ROOT);
    }
}
