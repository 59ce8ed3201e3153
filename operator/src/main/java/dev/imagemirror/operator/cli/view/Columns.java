package dev.imagemirror.operator.cli.view;

import dev.imagemirror.operator.text.Cell;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.TextTable;

/** A table's lines, with columns as wide as needed, up to a limit. */
final class Columns {
    private static final int GAP = 3;
    private static final ColorScheme PLAIN = Help.defaultColorScheme(Ansi.OFF);

    private final int most;
    private final List<List<String>> rows = new ArrayList<>();

    /** @param most maximum width of a cell */
    Columns(int most) {
        this.most = most;
    }

    /** Adds a row; all have the same number of cells. */
    void add(String... cells) {
        rows.add(Arrays.stream(cells).map(cell -> Cell.of(cell, most)).toList());
    }

    /** One line per row, without trailing blanks. */
    List<String> lines() {
        if (rows.isEmpty()) {
            return List.of();
        }
        TextTable table = TextTable.forColumns(PLAIN, columns());
        rows.forEach(row -> table.addRowValues(row.stream().map(Columns::text).toArray(Ansi.Text[]::new)));
        return table.toString().lines().toList();
    }

    private Column[] columns() {
        return IntStream.range(0, rows.get(0).size())
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .mapToObj(width -> new Column(width + GAP, 0, Column.Overflow.TRUNCATE))
                .toArray(Column[]::new);
    }

    /** Verbatim: {@code @|red …|@} in a message is not markup. */
    private static Ansi.Text text(String cell) {
        return PLAIN.apply(cell, List.of());
    }
}
