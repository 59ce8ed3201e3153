package dev.imagemirror.operator.reconcile;

import static dev.imagemirror.operator.reconcile.Scene.DESTINATION;
import static dev.imagemirror.operator.reconcile.Scene.SOURCE;
import static dev.imagemirror.operator.reconcile.Scene.digest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.operator.domain.CopyJobSpec;
import dev.imagemirror.operator.domain.Drift;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.domain.Phase;
import dev.imagemirror.operator.domain.Reason;
import dev.imagemirror.operator.domain.Resolution;
import dev.imagemirror.operator.testing.TestingCopyJobQueue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** From a row to equal digests, and what stands in the tables on the way. */
class MirrorReconcilerTest {
    private static final String OTHER = "b.example.com/golang:1.17";

    private final Scene scene = new Scene();

    @Test
    void submitsOneJobWhenTwoDestinationsDrift() {
        scene.mirrors.row(SOURCE, DESTINATION + "," + OTHER);
        scene.source(SOURCE, "v1");
        scene.registries.found(OTHER, digest("v0"));

        scene.operator.pass(SOURCE);

        CopyJobSpec job = scene.queue.spec(scene.onlyJob());
        assertThat(job.queue()).isEqualTo(TestingCopyJobQueue.QUEUE);
        assertThat(job.parameters())
                .containsOnly(
                        Map.entry("source", SOURCE + "@" + digest("v1")), Map.entry("dest", DESTINATION + "," + OTHER));
        assertThat(scene.pair().state().word()).isEqualTo("Copying");
        assertThat(scene.pair().state().drift()).isEqualTo(Drift.MISSING);
        assertThat(scene.pair(SOURCE, OTHER).state().drift()).isEqualTo(Drift.STALE);
        assertThat(scene.pair().claim()).isEqualTo(scene.pair(SOURCE, OTHER).claim());
        assertThat(scene.pair().claim().jobId()).isEqualTo(scene.onlyJob());
        assertThat(scene.summary(SOURCE).summary().counts().byWord()).containsOnly(Map.entry("Copying", 2));
    }

    @Test
    void isInSyncOnlyWhenTheDestinationIsSeenToBeEqual() {
        scene.mirrors.row(SOURCE, DESTINATION);
        scene.source(SOURCE, "v1");
        scene.operator.pass(SOURCE);

        scene.complete(scene.onlyJob());
        scene.clock.advance(Duration.ofSeconds(10));
        scene.operator.pass(SOURCE);

        PairStatus pair = scene.pair();
        assertThat(pair.state().word()).isEqualTo("InSync");
        assertThat(pair.state().phase()).isEqualTo(Phase.IDLE);
        assertThat(pair.claim()).isNull();
        assertThat(pair.times().lastSyncedAt()).isEqualTo(scene.clock.instant());
        assertThat(pair.progress().history()).singleElement().satisfies(copy -> {
            assertThat(copy.digest()).isEqualTo(digest("v1"));
            assertThat(copy.outcome()).isEqualTo("copied");
            assertThat(copy.bytes()).isEqualTo(1000);
        });
        assertThat(scene.endedCopies).isEqualTo(pair.progress().history());
        scene.operator.pass(SOURCE);
        assertThat(scene.endedCopies).as("told once").hasSize(1);
        assertThat(scene.summary(SOURCE).summary().ready()).isTrue();
    }

    @Test
    void findsAndHealsAChangedSource() {
        healed("v1");
        scene.source(SOURCE, "v2");

        scene.operator.pass(SOURCE);

        assertThat(scene.pair().state().drift()).isEqualTo(Drift.STALE);
        scene.complete(scene.onlyJob());
        scene.operator.pass(SOURCE);
        assertThat(scene.pair().state().word()).isEqualTo("InSync");
        assertThat(scene.pair().seen().destination()).isEqualTo(digest("v2"));
        assertThat(scene.queue.submitCalls()).hasSize(2);
    }

    @Test
    void copiesNothingTwice() {
        healed("v1");

        IntStream.range(0, 5).forEach(i -> scene.operator.pass(SOURCE));

        assertThat(scene.queue.submitCalls()).hasSize(1);
    }

    @Test
    void submitsNothingMoreWhileAJobRuns() {
        scene.mirrors.row(SOURCE, DESTINATION);
        scene.source(SOURCE, "v1");
        scene.operator.pass(SOURCE);
        scene.source(SOURCE, "v2");

        IntStream.range(0, 5).forEach(i -> scene.operator.pass(SOURCE));

        assertThat(scene.queue.submitCalls()).hasSize(1);
    }

    @Test
    void copiesTheNewerDigestAfterTheOlderJobHasEnded() {
        scene.mirrors.row(SOURCE, DESTINATION);
        scene.source(SOURCE, "v1");
        scene.operator.pass(SOURCE);
        scene.source(SOURCE, "v2");

        scene.complete(scene.onlyJob());
        scene.operator.pass(SOURCE);

        assertThat(scene.queue.spec(scene.onlyJob()).parameters().get("source")).endsWith("@" + digest("v2"));
        scene.complete(scene.onlyJob());
        scene.operator.pass(SOURCE);
        assertThat(scene.pair().seen().destination()).isEqualTo(digest("v2"));
        assertThat(scene.pair().state().word()).isEqualTo("InSync");
    }

    @Test
    void writesNothingWhenNothingChanged() {
        healed("v1");
        scene.operator.pass(SOURCE);
        int writes = scene.statuses.writes();

        for (int i = 0; i < 5; i++) {
            scene.clock.advance(Duration.ofMinutes(5));
            scene.operator.pass(SOURCE);
        }

        assertThat(scene.statuses.writes()).isEqualTo(writes);
    }

    @Test
    void comesBackAfterTheEntrysIntervalAtItsOwnPointInTime() {
        scene.mirrors.row(SOURCE, Map.of(MirrorRow.DESTINATION, DESTINATION, "Interval", "10m"));
        scene.source(SOURCE, "v1");
        scene.registries.found(DESTINATION, digest("v1"));

        Duration first = scene.operator.untilNext(SOURCE);
        scene.clock.advance(first);
        Duration second = scene.operator.untilNext(SOURCE);

        assertThat(first).isPositive().isLessThanOrEqualTo(Duration.ofMinutes(10));
        assertThat(second).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void dividesManyDestinationsIntoJobs() {
        String destinations = IntStream.range(0, 70)
                .mapToObj(i -> "r" + i + ".example.com/golang:1.17")
                .collect(Collectors.joining(","));
        scene.mirrors.row(SOURCE, destinations);
        scene.source(SOURCE, "v1");

        scene.operator.pass(SOURCE);

        assertThat(scene.runningJobs()).hasSize(3);
        List<String> all = scene.runningJobs().stream()
                .flatMap(job -> List.of(
                        scene.queue.spec(job.id()).parameters().get("dest").split(",", -1))
                        .stream())
                .toList();
        assertThat(all).hasSize(70).doesNotHaveDuplicates();
    }

    @Test
    void mirrorsTheSelectedTags() {
        scene.mirrors.row(
                "docker.io/library/golang",
                Map.of(MirrorRow.DESTINATION, "a.example.com/golang", "Tags", Map.of("Include", List.of("1.*"))));
        scene.registries.tags("docker.io/library/golang", "1.16", "1.17", "latest");
        scene.source("golang:1.16", "16");
        scene.source("golang:1.17", "17");
        scene.registries.found("a.example.com/golang:1.16", digest("16"));

        scene.operator.pass("docker.io/library/golang");

        assertThat(scene.queue.spec(scene.onlyJob()).parameters().get("dest")).isEqualTo("a.example.com/golang:1.17");
        assertThat(scene.statuses.pairs()).hasSize(2);
        assertThat(scene.summary("docker.io/library/golang").summary().counts().byWord())
                .containsOnly(Map.entry("InSync", 1), Map.entry("Copying", 1));
    }

    @Test
    void forgetsTagsThatLeaveTheSelection() {
        mirrorsTheSelectedTags();
        scene.complete(scene.onlyJob());
        scene.registries.tags("docker.io/library/golang", "1.17");

        scene.operator.pass("docker.io/library/golang");

        assertThat(scene.statuses.pairs())
                .singleElement()
                .satisfies(pair -> assertThat(pair.destination().tag()).isEqualTo("1.17"));
    }

    @Test
    void keepsLookingAtKnownPairsWhenTagsCannotBeListed() {
        mirrorsTheSelectedTags();
        scene.complete(scene.onlyJob());
        scene.registries.noTags("docker.io/library/golang", new Resolution.Unavailable("answered 503", false, null));

        Duration wait = scene.operator.untilNext("docker.io/library/golang");

        assertThat(wait).isLessThanOrEqualTo(Duration.ofMinutes(1));
        assertThat(scene.statuses.pairs())
                .hasSize(2)
                .allMatch(pair -> pair.state().word().equals("InSync"));
        assertThat(scene.summary("docker.io/library/golang").summary().message())
                .contains("503");
        assertThat(scene.summary("docker.io/library/golang").summary().ready()).isFalse();
    }

    @Test
    void reportsASelectionWithoutTags() {
        scene.mirrors.row(
                "quay.io/team/app",
                Map.of("Destination", "a.example.com/app", "Tags", Map.of("Include", List.of("nope*"))));
        scene.registries.tags("quay.io/team/app", "1", "2");

        scene.operator.pass("quay.io/team/app");

        assertThat(scene.summary("quay.io/team/app").summary().ready()).isFalse();
        assertThat(scene.summary("quay.io/team/app").summary().message()).contains("none of the repository's 2 tags");
    }

    @Test
    void showsASuspendedEntryAsSuspendedThoughItCannotBeSeen() {
        scene.mirrors.row(SOURCE, Map.of("Destination", DESTINATION, "Suspend", true));
        scene.registries.answer(SOURCE, new Resolution.Unavailable("answered 503", false, null));

        scene.operator.pass(SOURCE);

        assertThat(scene.pair().state().word()).isEqualTo("Suspended");
        assertThat(scene.pair().state().message()).contains("503");
    }

    @Test
    void submitsNothingForASuspendedEntry() {
        scene.mirrors.row(SOURCE, Map.of(MirrorRow.DESTINATION, DESTINATION, "Suspend", true));
        scene.source(SOURCE, "v1");

        scene.operator.pass(SOURCE);

        assertThat(scene.queue.submitCalls()).isEmpty();
        assertThat(scene.pair().state().reason()).isEqualTo(Reason.SUSPENDED);
        assertThat(scene.pair().state().word()).isEqualTo("Suspended");
    }

    @Test
    void copiesReferrersThatTheDestinationLacks() {
        scene.mirrors.row(SOURCE, Map.of(MirrorRow.DESTINATION, DESTINATION, "Referrers", true));
        scene.source(SOURCE, "v1");
        scene.registries.found(DESTINATION, digest("v1"));
        scene.operator.pass(SOURCE);
        assertThat(scene.pair().state().word()).isEqualTo("InSync");
        scene.registries.referrers("docker.io/library/golang", digest("v1"), digest("signature"));

        scene.operator.pass(SOURCE);

        assertThat(scene.pair().state().drift()).isEqualTo(Drift.STALE);
        assertThat(scene.queue.spec(scene.onlyJob()).environment()).containsEntry("MIRROR_REFERRERS", "true");
    }

    @Test
    void copiesNothingForWhatIsListedAndRefersToNothing() {
        scene.mirrors.row(SOURCE, Map.of(MirrorRow.DESTINATION, DESTINATION, "Referrers", true));
        scene.source(SOURCE, "v1");
        scene.registries.found(DESTINATION, digest("v1"));
        scene.registries.referrers("docker.io/library/golang", digest("v1"), digest("platform"));
        scene.registries.refersToNothing(digest("platform"));

        scene.operator.pass(SOURCE);

        assertThat(scene.pair().state().word()).isEqualTo("InSync");
        assertThat(scene.queue.submitCalls()).isEmpty();
    }

    @Test
    void readsOnlyTheReferrersThatTheDestinationLacks() {
        scene.mirrors.row(SOURCE, Map.of(MirrorRow.DESTINATION, DESTINATION, "Referrers", true));
        scene.source(SOURCE, "v1");
        scene.registries.found(DESTINATION, digest("v1"));
        scene.registries.referrers("docker.io/library/golang", digest("v1"), digest("signature"));
        scene.registries.referrers("a.example.com/golang", digest("v1"), digest("signature"), digest("own"));

        scene.operator.pass(SOURCE);

        assertThat(scene.pair().state().word()).isEqualTo("InSync");
        assertThat(scene.registries.confirmations()).isEmpty();

        scene.registries.referrers("docker.io/library/golang", digest("v1"), digest("signature"), digest("sbom"));
        scene.operator.pass(SOURCE);

        assertThat(scene.pair().state().drift()).isEqualTo(Drift.STALE);
        assertThat(scene.registries.confirmations()).containsOnly(Set.of(digest("sbom")));
    }

    @Test
    void copiesWhatTheDestinationListsAndDoesNotHave() {
        scene.mirrors.row(SOURCE, Map.of(MirrorRow.DESTINATION, DESTINATION, "Referrers", true));
        scene.source(SOURCE, "v1");
        scene.registries.found(DESTINATION, digest("v1"));
        scene.registries.referrers("docker.io/library/golang", digest("v1"), digest("signature"));
        scene.registries.referrers("a.example.com/golang", digest("v1"), digest("signature"));
        scene.registries.absent("a.example.com/golang", digest("signature"));

        scene.operator.pass(SOURCE);

        assertThat(scene.pair().state().drift()).isEqualTo(Drift.STALE);
        assertThat(scene.queue.submitCalls()).hasSize(1);
    }

    @Test
    void findsASignatureThatIsAddedDaysAfterTheCopy() {
        scene.mirrors.row(SOURCE, Map.of(MirrorRow.DESTINATION, DESTINATION, "Referrers", true));
        scene.source(SOURCE, "v1");
        scene.operator.pass(SOURCE);
        scene.complete(scene.onlyJob());
        scene.operator.pass(SOURCE);
        scene.clock.advance(Duration.ofDays(3));
        scene.registries.referrers("docker.io/library/golang", digest("v1"), digest("signature"));
        scene.operator.pass(SOURCE);

        String job = scene.onlyJob();
        scene.registries.referrers("a.example.com/golang", digest("v1"), digest("signature"));
        scene.complete(job);
        scene.operator.pass(SOURCE);

        assertThat(scene.pair().state().word()).isEqualTo("InSync");
        assertThat(scene.pair().progress().history()).hasSize(2);
    }

    private void healed(String content) {
        scene.mirrors.row(SOURCE, DESTINATION);
        scene.source(SOURCE, content);
        scene.operator.pass(SOURCE);
        scene.complete(scene.onlyJob());
        scene.operator.pass(SOURCE);
        assertThat(scene.pair().state().word()).isEqualTo("InSync");
    }
}
