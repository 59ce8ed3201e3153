package dev.imagemirror.operator.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Lines of a table whose columns are as wide as they have to be, up to a limit. */
public final class Columns {
    private static final String GAP = "   ";

    private final int most;
    private final List<List<String>> rows = new ArrayList<>();

    /** @param most columns that a cell may have */
    public Columns(int most) {
        this.most = most;
    }

    /** Adds a row; all have the same number of cells. */
    public void add(String... cells) {
        rows.add(Arrays.stream(cells).map(cell -> Cell.of(cell, most)).toList());
    }

    /** A line for each row, without blanks at its end. */
    public List<String> lines() {
        int[] widths = new int[rows.isEmpty() ? 0 : rows.get(0).size()];
        rows.forEach(row -> {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        });
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < row.size(); column++) {
            String cell = row.get(column);
            line.append(cell).append(" ".repeat(widths[column] - cell.length())).append(GAP);
        }
        return line.toString().stripTrailing();
    }
}
