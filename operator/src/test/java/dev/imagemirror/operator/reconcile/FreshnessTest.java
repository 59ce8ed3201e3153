package dev.imagemirror.operator.reconcile;

import static dev.imagemirror.operator.reconcile.Scene.DESTINATION;
import static dev.imagemirror.operator.reconcile.Scene.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.port.DigestResolver.Freshness;
import dev.imagemirror.operator.testing.TestingDigestResolver.Question;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which answers may be as old as the sweep, and which must not. */
class FreshnessTest {
    private static final String OTHER = "b.example.com/golang:1.17";

    private final Scene scene = new Scene();

    @BeforeEach
    void aJobWasSubmitted() {
        scene.mirrors.row(SOURCE, DESTINATION);
        scene.source(SOURCE, "v1");
        scene.operator.pass(SOURCE);
        assertThat(scene.queue.submitCalls()).hasSize(1);
    }

    @Test
    void aUsualPassTakesTheSweepsAnswers() {
        assertThat(scene.registries.questions())
                .containsExactlyInAnyOrder(question(SOURCE, Freshness.CACHED), question(DESTINATION, Freshness.CACHED));
    }

    @Test
    void afterItsJobAPairIsObservedAgain() {
        scene.complete(scene.onlyJob());
        scene.registries.clearQuestions();

        scene.operator.pass(SOURCE);

        assertThat(scene.registries.questions())
                .containsExactlyInAnyOrder(question(SOURCE, Freshness.FRESH), question(DESTINATION, Freshness.FRESH));
    }

    @Test
    void onlyThePairsOfTheEndedJobAreObservedAgain() {
        scene.mirrors.row(SOURCE, DESTINATION + "," + OTHER);
        scene.operator.pass(SOURCE);
        scene.registries.found(OTHER, Scene.digest("v1"));
        scene.queue.succeed(jobTo(OTHER));
        scene.operator.pass(SOURCE);
        scene.complete(scene.onlyJob());
        scene.registries.clearQuestions();

        scene.operator.pass(SOURCE);

        assertThat(scene.registries.questions())
                .contains(question(DESTINATION, Freshness.FRESH), question(OTHER, Freshness.CACHED));
    }

    @Test
    void requestedPassesBypassTheCache() {
        scene.complete(scene.onlyJob());
        scene.operator.pass(SOURCE);
        scene.registries.clearQuestions();

        scene.operator.hints.add(new EntryKey(SOURCE));
        scene.operator.pass(SOURCE);
        assertThat(scene.registries.questions())
                .containsExactlyInAnyOrder(question(SOURCE, Freshness.FRESH), question(DESTINATION, Freshness.FRESH));
        scene.registries.clearQuestions();
        scene.operator.pass(SOURCE);

        assertThat(scene.registries.questions())
                .as("the pass after it")
                .extracting(Question::freshness)
                .containsOnly(Freshness.CACHED);
    }

    private String jobTo(String destination) {
        return scene.pair(SOURCE, destination).claim().jobId();
    }

    @Test
    void requestedPassesListTagsAfresh() {
        String source = "quay.io/team/app";
        scene.mirrors.row(source, Map.of("Destination", "a.example.com/app", "Tags", Map.of("Include", List.of("*"))));
        scene.registries.tags(source, "1");
        scene.operator.pass(source);
        scene.operator.hints.add(new EntryKey(source));
        scene.operator.pass(source);

        assertThat(scene.registries.tagQuestions())
                .extracting(Question::freshness)
                .containsExactly(Freshness.CACHED, Freshness.FRESH);
    }

    private static Question question(String reference, Freshness freshness) {
        return new Question(ImageReference.parse(reference), freshness);
    }
}
