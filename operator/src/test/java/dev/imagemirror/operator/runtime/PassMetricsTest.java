package dev.imagemirror.operator.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.operator.engine.LoopListener.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PassMetricsTest {
    @Test
    void thePageOfMetricsNamesEveryOutcomeOfAPass() throws IOException {
        String row = Files.readAllLines(Path.of("..", "docs", "metrics.md")).stream()
                .filter(line -> line.startsWith("| `image_mirror_reconcile_seconds` "))
                .findFirst()
                .orElseThrow();
        List<String> words = Stream.of(Outcome.values())
                .map(outcome -> "`" + outcome.name().toLowerCase(Locale.ROOT) + "`")
                .toList();

        assertThat(row).contains(words);
    }
}
