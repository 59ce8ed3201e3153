package dev.imagemirror.operator.web;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Named values of a document in their order; those without a value are left out. */
final class Fields {
    private final Map<String, Object> map = new LinkedHashMap<>();

    /** Adds the value's text, unless there is none. */
    Fields text(String name, @Nullable Object value) {
        if (value != null && !value.toString().isEmpty()) {
            map.put(name, value.toString());
        }
        return this;
    }

    /** Adds a number, list or map as it is, unless it is null. */
    Fields put(String name, @Nullable Object value) {
        if (value != null) {
            map.put(name, value);
        }
        return this;
    }

    Map<String, Object> map() {
        return map;
    }
}
