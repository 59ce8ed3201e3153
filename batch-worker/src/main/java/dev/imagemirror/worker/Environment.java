package dev.imagemirror.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads the worker's environment variables; every error names the variable and the expected value. */
final class Environment {
    private final Map<String, String> variables;

    Environment(Map<String, String> variables) {
        this.variables = variables;
    }

    boolean flag(String name) {
        return switch (value(name).toLowerCase(Locale.ROOT)) {
            case "true", "1", "yes" -> true;
            case "", "false", "0", "no" -> false;
            default -> throw new UsageException(name + " '" + value(name) + "' is invalid; expected true or false");
        };
    }

    /** True if the variable is set and not empty. */
    boolean has(String name) {
        return !value(name).isEmpty();
    }

    List<String> list(String name) {
        return Arguments.split(List.of(value(name)));
    }

    /** A number from 1 to {@code most}, or {@code unset}. */
    int number(String name, int most, int unset) {
        String value = value(name);
        return value.isEmpty() ? unset : number(name, value, most);
    }

    /** A number from 1 to {@code most}, given by the option or variable {@code where}. */
    static int number(String where, String value, int most) {
        if (!value.matches("[0-9]{1,4}") || Integer.parseInt(value) < 1 || Integer.parseInt(value) > most) {
            throw new UsageException(where + " '" + value + "' is invalid; expected a number from 1 to " + most);
        }
        return Integer.parseInt(value);
    }

    <E extends Enum<E>> E choice(String name, Class<E> type, E unset) {
        String value = value(name);
        List<String> known = new ArrayList<>();
        for (E constant : type.getEnumConstants()) {
            if (value.equals(constant.name())) {
                return constant;
            }
            known.add(constant.name());
        }
        if (value.isEmpty()) {
            return unset;
        }
        throw new UsageException(name + " '" + value + "' is invalid; expected one of " + String.join(", ", known));
    }

    Map<String, String> variables() {
        return variables;
    }

    private String value(String name) {
        return variables.getOrDefault(name, "").trim();
    }
}
