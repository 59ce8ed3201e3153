package dev.imagemirror.operator.cli.view;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Named values, one per line, below a heading. */
final class Details {
    private static final int WIDTH = 14;

    private final List<String> lines = new ArrayList<>();

    void heading(String text) {
        if (!lines.isEmpty()) {
            lines.add("");
        }
        lines.add(text);
    }

    /** Adds a line, unless the value is null or empty. */
    void add(String name, @Nullable Object value) {
        if (value != null && !value.toString().isEmpty()) {
            lines.add("  " + name + " ".repeat(Math.max(1, WIDTH - name.length())) + value);
        }
    }

    /** Adds a line for each value. */
    void addAll(String name, List<String> values) {
        for (int i = 0; i < values.size(); i++) {
            add(i == 0 ? name : " ".repeat(name.length()), values.get(i));
        }
    }

    List<String> lines() {
        return List.copyOf(lines);
    }
}
