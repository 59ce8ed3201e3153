package dev.imagemirror.operator.reconcile;

import static dev.imagemirror.operator.reconcile.Scene.DESTINATION;
import static dev.imagemirror.operator.reconcile.Scene.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.operator.domain.PairStatus;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One job copies for several pairs, some of which are wanted no longer. */
class SharedJobTest {
    private static final String OTHER = "b.example.com/golang:1.17";
    private static final String REPOSITORY = "quay.io/team/app";

    private final Scene scene = new Scene();

    @Test
    void aJobGoesOnForTheDestinationThatIsStillWanted() {
        twoDestinations();
        scene.mirrors.row(SOURCE, DESTINATION);

        scene.operator.pass(SOURCE);

        assertThat(scene.queue.terminateCalls()).isEmpty();
        assertThat(scene.pair(SOURCE, OTHER).claim())
                .as("not forgotten")
                .isEqualTo(scene.pair().claim());
    }

    @Test
    void aPairThatLeftIsForgottenOnceTheSharedJobHasEnded() {
        twoDestinations();
        scene.mirrors.row(SOURCE, DESTINATION);
        scene.operator.pass(SOURCE);

        scene.complete(scene.onlyJob());
        scene.operator.pass(SOURCE);

        assertThat(scene.pair().state().word()).isEqualTo("InSync");
        assertThat(scene.statuses.pairs()).extracting(PairStatus::destination).hasToString("[" + DESTINATION + "]");
        assertThat(scene.statuses.owner(OTHER)).isNull();
        assertThat(scene.statuses.owner(DESTINATION)).isNotNull();
        assertThat(scene.operator.live.count()).isZero();
    }

    @Test
    void aJobOfWhichNothingIsWantedIsEndedOnce() {
        twoDestinations();
        String job = scene.onlyJob();
        scene.mirrors.row(SOURCE, "c.example.com/golang:1.17");

        scene.operator.pass(SOURCE);

        assertThat(scene.queue.terminateCalls())
                .singleElement()
                .satisfies(call -> assertThat(call.jobId()).isEqualTo(job));
    }

    @Test
    void aJobGoesOnForTheTagThatIsStillSelected() {
        scene.mirrors.row(
                REPOSITORY, Map.of("Destination", "a.example.com/app", "Tags", Map.of("Include", List.of("*"))));
        scene.registries.tags(REPOSITORY, "1", "2");
        scene.source(REPOSITORY + ":1", "same");
        scene.source(REPOSITORY + ":2", "same");
        scene.operator.pass(REPOSITORY);
        scene.registries.tags(REPOSITORY, "2");

        scene.operator.pass(REPOSITORY);

        assertThat(scene.queue.terminateCalls()).isEmpty();
        assertThat(scene.runningJobs()).hasSize(1);
    }

    private void twoDestinations() {
        scene.mirrors.row(SOURCE, DESTINATION + "," + OTHER);
        scene.source(SOURCE, "v1");
        scene.operator.pass(SOURCE);
        assertThat(scene.runningJobs()).hasSize(1);
    }
}
