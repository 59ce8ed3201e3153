package dev.imagemirror.operator.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.domain.entry.EntryParser;
import dev.imagemirror.operator.domain.entry.ParsedEntry;
import dev.imagemirror.operator.events.EventParser;
import dev.imagemirror.operator.events.UnreadableEventException;
import dev.imagemirror.operator.testing.TestingEvents;
import dev.imagemirror.testing.Fuzz;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What users and AWS write, damaged at random: read or refused, in bounded time. */
class FuzzE2E {
    private static final int INPUTS = 20_000;
    private static final List<String> TAGS =
            IntStream.range(0, 50).mapToObj(i -> "v1." + i + ".0-rc." + i).toList();

    @Test
    void eventsAndStreamRecords() throws InterruptedException {
        List<String> bodies = List.of(
                TestingEvents.body("ecr-push"),
                TestingEvents.body("ecr-delete"),
                TestingEvents.body("batch-succeeded"),
                TestingEvents.body("row-modified"));
        new Fuzz(64, bodies).run(INPUTS, text -> {
            try {
                EventParser.parse(text);
            } catch (UnreadableEventException e) {
                assertThat(e.getMessage()).hasSizeLessThan(400);
            }
        });
    }

    @Test
    void globs() throws InterruptedException {
        new Fuzz(65, List.of("v1.*", "*-alpine*", "?.?", "*a*a*a*a*b")).run(INPUTS, text -> select("Include", text));
    }

    @Test
    void ranges() throws InterruptedException {
        new Fuzz(66, List.of(">=1.2.3 <2", "^1.0", "~1.2 || 3.x", "1.0 - 2.0", ">=1.0.0-0"))
                .run(INPUTS, text -> select("Semver", text));
    }

    @Test
    void durationsAndDestinations() throws InterruptedException {
        new Fuzz(67, List.of("15m", "24h", "a.example.com/b:1,b.example.com/c", "2026-11-24T00:00:00Z"))
                .run(INPUTS, text -> {
                    parse(Map.of("Destination", text, "Interval", text, "MinAge", text));
                    parse(Map.of("Destination", List.of(text, "a.example.com/b"), "Expires", text));
                });
    }

    private static void select(String name, String text) {
        Object value = name.equals("Semver") ? text : List.of(text);
        ParsedEntry parsed = parse(
                Map.of("Destination", "a.example.com/b", "Tags", Map.of(name, value, "Exclude", List.of(text + "x"))));
        if (parsed instanceof ParsedEntry.Valid valid) {
            assertThat(valid.entry().tags().select(TAGS)).hasSizeLessThanOrEqualTo(TAGS.size());
        }
    }

    private static ParsedEntry parse(Map<String, Object> attributes) {
        ParsedEntry parsed = EntryParser.parse(new MirrorRow(new EntryKey("golang"), attributes));
        if (parsed instanceof ParsedEntry.Invalid invalid) {
            assertThat(invalid.problems()).isNotEmpty();
        }
        return parsed;
    }
}
