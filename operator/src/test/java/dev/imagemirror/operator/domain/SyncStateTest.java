package dev.imagemirror.operator.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The words of states stand in the enums alone; whatever else shows or explains them has the same. */
class SyncStateTest {
    private static final Path WEB = Path.of("src/main/resources/web");

    /** The enums, and words of Kubernetes that are spelt alike. */
    private static final Set<String> ALLOWED =
            Set.of("Drift.java", "Phase.java", "Reason.java", "Condition.java", "MirrorPolicy.java");

    private static final Map<String, Set<String>> ALLOWED_WORDS = Map.of("EntryView.java", Set.of("Unknown"));

    @ParameterizedTest
    @EnumSource(SyncState.class)
    void wordsAreReadInAnyCase(SyncState state) {
        assertThat(SyncState.of(state.word())).isEqualTo(state);
        assertThat(SyncState.of(state.name().replace("_", ""))).isEqualTo(state);
        assertThat(SyncState.of(state.word() + "s")).isNull();
    }

    @Test
    void noCodeHasAWordAsText() throws IOException {
        Set<String> words = Stream.concat(
                        Stream.of(SyncState.values()).map(SyncState::word),
                        Stream.of(Phase.values()).map(Phase::word))
                .collect(Collectors.toSet());
        Pattern literal = Pattern.compile("\"(" + String.join("|", words) + ")\"");
        try (Stream<Path> own = Files.walk(Path.of("src/main/java"));
                Stream<Path> crds = Files.walk(Path.of("../crds/src/main/java"))) {
            assertThat(Stream.concat(own, crds)
                            .filter(Files::isRegularFile)
                            .filter(file -> !ALLOWED.contains(name(file)))
                            .flatMap(file -> matches(literal, read(file))
                                    .filter(word -> !ALLOWED_WORDS
                                            .getOrDefault(name(file), Set.of())
                                            .contains(word))
                                    .map(word -> name(file) + ": " + word)))
                    .isEmpty();
        }
    }

    @Test
    void metricsPageListsThemInTheirOrder() {
        assertThat(read(Path.of("../docs/metrics.md")))
                .contains(Stream.of(SyncState.values())
                        .map(state -> "`" + state.word() + "`")
                        .collect(Collectors.joining(", ")));
    }

    @Test
    void schemaOfPoliciesListsThoseThatNeedAttention() {
        String schema = read(Path.of("../manifests/base/crd.yaml")).replaceAll("\\\\\\n\\s*\\\\?", "");
        String description = matches(Pattern.compile("description: \"The first that applies: ([^\"]*)\\.\""), schema)
                .findFirst()
                .orElseThrow();
        assertThat(description.split(", | or "))
                .containsExactlyInAnyOrderElementsOf(Stream.of(SyncState.values())
                        .filter(state -> state != SyncState.IN_SYNC)
                        .map(SyncState::word)
                        .toList());
    }

    @Test
    void dashboardKnowsThemAllAndNoOther() throws IOException {
        List<String> words = Stream.of(SyncState.values()).map(SyncState::word).toList();
        String meanings = read(WEB.resolve("overview.js")).split("\\};", 2)[0];
        assertThat(matches(Pattern.compile("(?m)^  (\\w+): \""), meanings)).containsExactlyElementsOf(words);
        assertThat(read(WEB.resolve("style.css")))
                .contains(words.stream().map(word -> "." + word + " { --mark").toList());
        try (Stream<Path> files = Files.list(WEB)) {
            assertThat(files.filter(file -> name(file).endsWith(".js"))
                            .flatMap(
                                    file -> matches(Pattern.compile("\\b(?:states|counts)\\.([A-Z]\\w*)"), read(file))))
                    .isSubsetOf(words);
        }
    }

    private static Stream<String> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results().map((MatchResult found) -> found.group(1));
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
