package dev.imagemirror.operator.reconcile;

import static dev.imagemirror.operator.reconcile.Scene.digest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.claim.Admission;
import dev.imagemirror.operator.claim.JobPoller;
import dev.imagemirror.operator.domain.JobReport;
import dev.imagemirror.operator.domain.Reason;
import dev.imagemirror.operator.domain.Resolution;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A new table of many rows does not become many jobs at once. */
class AdmissionTest {
    private final Scene scene = new Scene();

    @Test
    void startsAsManyJobsAsTheLimitSaysAndTheOthersWaitInLine() {
        Scene.Operator operator = scene.operator("limited", new Admission.Limits(3, 3));
        rows("docker.io/library", 10);

        operator.sweep();

        assertThat(scene.runningJobs()).hasSize(3);
        assertThat(waiting()).hasSize(7).allMatch(message -> message.contains("3 jobs"));
        assertThat(waiting())
                .extracting(message -> message.substring(0, 19))
                .contains("queued (position 1)", "queued (position 7)");
    }

    @Test
    void anEndedJobLetsTheFirstInLineIn() {
        Scene.Operator operator = scene.operator("limited", new Admission.Limits(3, 3));
        rows("docker.io/library", 10);
        operator.sweep();

        String key = scene.statuses.pairs().stream()
                .filter(pair -> pair.claim() != null)
                .findFirst()
                .orElseThrow()
                .entry()
                .text();
        scene.complete(scene.statuses.pairs().stream()
                .filter(pair -> pair.entry().text().equals(key))
                .findFirst()
                .orElseThrow()
                .claim()
                .jobId());
        operator.pass(key);

        assertThat(operator.enqueued).hasSize(1);
        operator.pass(operator.enqueued.get(0).text());
        assertThat(scene.runningJobs()).hasSize(3);
        assertThat(waiting()).hasSize(6);
    }

    @Test
    void allEndInSync() {
        Scene.Operator operator = scene.operator("limited", new Admission.Limits(3, 2));
        rows("docker.io/library", 20);
        rows("quay.io/other", 20);
        operator.sweep();
        int most = 0;

        for (int i = 0; i < 200 && !scene.runningJobs().isEmpty(); i++) {
            most = Math.max(most, scene.runningJobs().size());
            scene.complete(scene.runningJobs().get(0).id());
            new JobPoller(scene.queue, operator.live, operator.enqueued::add).poll();
            while (!operator.enqueued.isEmpty()) {
                operator.reconciler.reconcile(operator.enqueued.remove(0));
            }
        }

        assertThat(scene.statuses.pairs())
                .hasSize(40)
                .allMatch(pair -> pair.state().word().equals("InSync"));
        assertThat(most).isEqualTo(3);
    }

    @Test
    void limitsEachSourceRegistry() {
        Scene.Operator operator = scene.operator("limited", new Admission.Limits(10, 2));
        rows("docker.io/library", 5);
        rows("quay.io/other", 5);

        operator.sweep();

        assertThat(scene.runningJobs()).hasSize(4);
    }

    @Test
    void aRegistryThatAnswered429CoolsDownForAllItsEntries() {
        rows("docker.io/library", 3);
        scene.registries.answer(
                "docker.io/library/i0:1", new Resolution.Unavailable("answered 429", true, Duration.ofMinutes(5)));

        scene.operator.pass("docker.io/library/i0:1");
        scene.operator.sweep();

        assertThat(scene.queue.submitCalls()).isEmpty();
        assertThat(waiting()).hasSize(2).allMatch(message -> message.contains("is rate limiting"));
        scene.clock.advance(Duration.ofMinutes(6));
        scene.source("docker.io/library/i0:1", "c0");
        scene.operator.admission.callNext();
        assertThat(scene.operator.enqueued).hasSize(2);
        scene.operator.sweep();
        assertThat(scene.runningJobs()).hasSize(3);
    }

    @Test
    void aRegistryThatAnsweredAJobWith429CoolsDownToo() {
        rows("quay.io/library", 2);
        scene.operator.pass("quay.io/library/i0:1");
        String destination = "a.example.com/quay-io/library/i0:1";
        scene.queue.fail(
                scene.onlyJob(),
                "FAILED: exit 69",
                new JobReport(List.of(new JobReport.Outcome(
                        ImageReference.parse(destination),
                        "failed",
                        0,
                        "Temporary",
                        "the token endpoint of quay.io answered 429",
                        "quay.io"))));

        scene.operator.pass("quay.io/library/i0:1");
        scene.operator.pass("quay.io/library/i1:1");

        assertThat(scene.runningJobs()).isEmpty();
        assertThat(waiting()).singleElement().asString().contains("quay.io is rate limiting");
    }

    @Test
    void aDestinationThatAnswered429CoolsDownForAllThatAreWrittenToIt() {
        rows("quay.io/library", 2);
        scene.registries.answer(
                "a.example.com/quay-io/library/i0:1", new Resolution.Unavailable("answered 429", true, null));

        scene.operator.sweep();

        assertThat(scene.runningJobs()).isEmpty();
        assertThat(waiting()).singleElement().asString().contains("a.example.com is rate limiting");
        scene.operator.admission.callNext();
        assertThat(scene.operator.enqueued).as("as long as it cools down").isEmpty();
        scene.clock.advance(Duration.ofMinutes(1));
        scene.operator.admission.callNext();
        assertThat(scene.operator.enqueued).hasSize(1);
    }

    @Test
    void entriesWaitingForACoolingRegistryDoNotHoldUpOthers() {
        Scene.Operator operator = scene.operator("limited", new Admission.Limits(5, 5));
        scene.mirrors.row("quay.io/a:1", "slow.example.com/a:1").row("quay.io/b:1", "b.example.com/b:1");
        scene.source("quay.io/a:1", "a");
        scene.source("quay.io/b:1", "b");
        operator.admission.coolDown("slow.example.com", scene.clock.instant().plusSeconds(600));

        operator.sweep();

        assertThat(scene.pair("quay.io/a:1", "slow.example.com/a:1").state().reason())
                .isEqualTo(Reason.ADMISSION);
        assertThat(scene.pair("quay.io/b:1", "b.example.com/b:1").state().word())
                .isEqualTo("Copying");
    }

    private void rows(String prefix, int count) {
        IntStream.range(0, count).forEach(i -> {
            String source = prefix + "/i" + i + ":1";
            scene.mirrors.row(source, "a.example.com/" + prefix.replace('.', '-') + "/i" + i + ":1");
            scene.registries.found(source, digest(prefix + i));
        });
    }

    private List<String> waiting() {
        return scene.statuses.pairs().stream()
                .filter(pair -> pair.state().reason() == Reason.ADMISSION)
                .map(pair -> pair.state().message())
                .toList();
    }
}
