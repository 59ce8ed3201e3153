package dev.imagemirror.operator.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ColumnsTest {
    private final Columns columns = new Columns(20);

    @Test
    void columnsAreAsWideAsTheyHaveToBe() {
        columns.add("SOURCE", "READY", "REASON");
        columns.add("a.io/app:1", "", "x");
        columns.add("", "True", "");

        assertThat(columns.lines())
                .containsExactly(
                        "SOURCE       READY   REASON", //
                        "a.io/app:1           x",
                        "             True");
    }

    @Test
    void noRowsAreNoLines() {
        assertThat(columns.lines()).isEmpty();
    }

    @Test
    void rowsOfNothingAreEmptyLines() {
        columns.add("", "");
        columns.add("a", "b");
        columns.add("", "");

        assertThat(columns.lines()).containsExactly("", "a   b", "");
    }

    @Test
    void cellsAreShownAsTheyAre() {
        columns.add("@|red no|@", "100%n %s", " lead", "|");
        columns.add("日本語日本語", "😀😀", "a   b ", "|");
        columns.add("a\nb\tc", "@|bold", "e\u0301", "|");

        assertThat(columns.lines())
                .containsExactly(
                        "@|red no|@   100%n %s    lead    |",
                        "日本語日本語       😀😀       a   b    |", "a\\nb\\tc      @|bold     e\u0301       |");
    }

    @Test
    void longCellsAreCutInTheMiddle() {
        columns.add("registry.example/" + "a".repeat(100) + ":1.17", "x");

        assertThat(columns.lines()).containsExactly("registry.e…aaaa:1.17   x");
    }
}
