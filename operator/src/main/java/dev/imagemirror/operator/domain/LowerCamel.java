package dev.imagemirror.operator.domain;

import java.util.Locale;

/** Table attribute names as spelled in policies and the API. */
public final class LowerCamel {
    private LowerCamel() {}

    /** {@code minAge} for {@code MinAge}. */
    public static String of(String name) {
        return name.isEmpty() ? name : name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }
}
