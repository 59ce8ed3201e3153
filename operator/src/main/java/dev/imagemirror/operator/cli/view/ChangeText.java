package dev.imagemirror.operator.cli.view;

import dev.imagemirror.image.Redaction;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.policy.PolicyChanges;
import dev.imagemirror.operator.policy.PolicyChanges.Change;
import dev.imagemirror.operator.text.Amounts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Renders row changes as text. */
public final class ChangeText {
    private ChangeText() {}

    /** One line for the row, and one for each attribute that changes. */
    public static List<String> lines(Change change) {
        List<String> lines = new ArrayList<>();
        switch (change.kind()) {
            case ADD -> lines.add("+ " + change.key() + " -> " + destinations(change.after()));
            case REMOVE -> lines.add("- " + change.key() + " -> " + destinations(change.before()));
            case CHANGE -> {
                lines.add("~ " + change.key());
                lines.addAll(attributes(change));
            }
            case KEEP -> lines.add("= " + change.key());
        }
        return lines;
    }

    /** Notes about policies that are kept although no file contains them. */
    public static List<String> left(PolicyChanges.Comparison comparison) {
        return comparison.left().entrySet().stream()
                .map(manager -> "note: policy " + manager.getKey() + " is not in these files; keeping its "
                        + Amounts.count(manager.getValue(), "row", "rows") + " (--prune removes them)")
                .toList();
    }

    private static List<String> attributes(Change change) {
        Map<String, Object> before = attributes(change.before());
        Map<String, Object> after = attributes(change.after());
        TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        names.remove(MirrorRow.REVISION);
        return names.stream()
                .filter(name -> !Objects.equals(before.get(name), after.get(name)))
                .map(name -> "    " + name + ": " + text(before.get(name)) + " -> " + text(after.get(name)))
                .toList();
    }

    private static Map<String, Object> attributes(@Nullable MirrorRow row) {
        return row == null ? Map.of() : row.attributes();
    }

    private static String destinations(@Nullable MirrorRow row) {
        return text(attributes(row).get(MirrorRow.DESTINATION));
    }

    private static String text(@Nullable Object value) {
        return value instanceof Collection<?> texts
                ? texts.stream().map(ChangeText::text).collect(Collectors.joining(", ", "[", "]"))
                : value == null ? "(none)" : Redaction.ofReference(value.toString());
    }
}
