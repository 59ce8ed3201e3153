package dev.imagemirror.operator.web;

import dev.imagemirror.image.Digest;
import dev.imagemirror.operator.domain.LowerCamel;
import dev.imagemirror.operator.domain.PairColumn;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Ordered named values of a document; absent values are left out. Pair columns are named in lower camel case. */
final class Fields implements PairColumn.Sink {
    private final Map<String, Object> map = new LinkedHashMap<>();

    /** Adds the value's text, if any. */
    Fields text(String name, @Nullable Object value) {
        if (value != null && !value.toString().isEmpty()) {
            map.put(name, value.toString());
        }
        return this;
    }

    /** Adds a number, list or map unchanged, unless it is null. */
    Fields put(String name, @Nullable Object value) {
        if (value != null) {
            map.put(name, value);
        }
        return this;
    }

    @Override
    public void digest(String name, @Nullable Digest value) {
        text(LowerCamel.of(name), value);
    }

    @Override
    public void instant(String name, @Nullable Instant value) {
        text(LowerCamel.of(name), value);
    }

    @Override
    public void count(String name, int value) {
        put(LowerCamel.of(name), value);
    }

    Map<String, Object> map() {
        return map;
    }
}
