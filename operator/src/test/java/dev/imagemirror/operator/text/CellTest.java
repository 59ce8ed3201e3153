package dev.imagemirror.operator.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.operator.cli.view.StatusText;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.EntryStatus;
import dev.imagemirror.operator.domain.EntryView;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CellTest {
    @Test
    void leavesOutTheMiddle() {
        assertThat(Cell.of("registry.example/" + "a".repeat(2_000) + ":1.17", 32))
                .hasSize(32)
                .startsWith("registry.example")
                .contains("…")
                .endsWith(":1.17");
        assertThat(Cell.of("registry.example/a:1", 20)).isEqualTo("registry.example/a:1");
    }

    @Test
    void hidesAndEscapesBeforeItShortens() {
        assertThat(Cell.of("bob:" + "s".repeat(200) + "@host/x", 64)).isEqualTo("[hidden]@host/x");
        assertThat(Cell.of("\u001b".repeat(100), 64)).hasSize(64).doesNotContain("\u001b");
        assertThat(Cell.of("😀".repeat(100), 64).codePoints())
                .noneMatch(unit -> Character.getType(unit) == Character.SURROGATE);
    }

    @Test
    void aTableOfLongSourcesIsBounded() {
        List<EntryView> entries = IntStream.range(0, 3_000)
                .mapToObj(i -> new EntryKey("registry.example/" + "a".repeat(2_000) + ":" + i))
                .map(key -> new EntryView(key, null, EntryStatus.fresh(key), List.of()))
                .toList();
        assertThat(size(entries, false)).isLessThan(750_000);
        assertThat(size(entries, true)).isLessThan(4_000_000);
    }

    private static int size(List<EntryView> entries, boolean isWide) {
        StatusText text = new StatusText(isWide, false, new StateColor(false), Instant.EPOCH, 0);
        return text.lines(entries).stream().mapToInt(String::length).sum();
    }
}
