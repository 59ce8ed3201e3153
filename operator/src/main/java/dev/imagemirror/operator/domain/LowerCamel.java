package dev.imagemirror.operator.domain;

import java.util.Locale;

/** How attributes of the tables are called in policies and by the API. */
public final class LowerCamel {
    private LowerCamel() {}

    /** {@code minAge} for {@code MinAge}. */
    public static String of(String name) {
        return name.isEmpty() ? name : name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }
}
