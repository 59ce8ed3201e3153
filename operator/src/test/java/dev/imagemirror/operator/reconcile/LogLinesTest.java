package dev.imagemirror.operator.reconcile;

import static dev.imagemirror.operator.reconcile.Scene.DESTINATION;
import static dev.imagemirror.operator.reconcile.Scene.SOURCE;
import static dev.imagemirror.operator.reconcile.Scene.digest;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.imagemirror.operator.domain.Resolution;
import dev.imagemirror.operator.port.Ports;
import dev.imagemirror.operator.port.RepositoryCreator;
import dev.imagemirror.operator.testing.TestingCopyJobQueue;
import dev.imagemirror.operator.testing.TestingLog;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** What a pass logs: a line for what has changed, and none for what has not. */
class LogLinesTest {
    @AutoClose
    private final TestingLog log = TestingLog.of("dev.imagemirror.operator").from(Level.INFO);

    private final Scene scene = new Scene();

    @BeforeEach
    void aRowHasDrifted() {
        scene.mirrors.row(SOURCE, DESTINATION);
        scene.source(SOURCE, "v1");
    }

    @Test
    void everyChangeOfStateIsALineWithItsContext() {
        scene.operator.pass(SOURCE);
        String job = scene.onlyJob();
        assertThat(log.messages()).hasSize(1).first().asString().contains("submitted job " + job);
        assertThat(context(0, "job")).isEqualTo(job);
        assertThat(context(0, "digest")).isEqualTo(digest("v1").toString());
        log.clear();

        scene.complete(job);
        scene.operator.pass(SOURCE);

        assertThat(log.messages()).containsExactly(SOURCE + " -> " + DESTINATION + ": InSync");
        assertThat(context(0, "destination")).isEqualTo(DESTINATION);
        assertThat(context(0, "job")).isEqualTo(job);
        assertThat(context(0, "digest")).isEqualTo(digest("v1").toString());
        assertThat(MDC.get("destination")).as("nothing is left behind").isNull();
        assertThat(MDC.get("job")).isNull();
    }

    @Test
    void invalidRowIsALineOnceAndAgainWhenItsProblemsChange() {
        scene.mirrors.row("x.example/a:1", "?");
        scene.operator.pass("x.example/a:1");
        scene.operator.pass("x.example/a:1");
        assertThat(log.messages())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("x.example/a:1: InvalidEntry: Destination: ");
        log.clear();

        scene.mirrors.row("x.example/a:1", "");
        scene.operator.pass("x.example/a:1");
        scene.operator.pass("x.example/a:1");
        assertThat(log.messages())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("x.example/a:1: InvalidEntry: Destination: ");
    }

    @Test
    void tagsThatCannotBeListedAreALineOnceWhateverInstantTheMessageHas() {
        String repository = "docker.io/library/python";
        scene.mirrors.row(
                repository, Map.of("Destination", "x.example/python", "Tags", Map.of("Include", List.of("*"))));
        for (int second = 1; second < 4; second++) {
            String message = "docker.io: time-out; next request not before 2026-03-01T12:00:0" + second + "Z";
            scene.registries.noTags(repository, new Resolution.Unavailable(message, false, null));
            scene.operator.pass(repository);
        }
        assertThat(log.messages())
                .containsExactly(repository + ": tags cannot be listed: docker.io: time-out; next request not before"
                        + " 2026-03-01T12:00:01Z");
    }

    @Test
    void aSweepOverWhatHasNotChangedLogsNothing() {
        scene.operator.pass(SOURCE);
        scene.complete(scene.onlyJob());
        scene.operator.pass(SOURCE);
        MirrorInformer informer = new MirrorInformer(
                new Ports(scene.mirrors, scene.statuses, scene.registries, scene.queue, RepositoryCreator.NONE),
                scene.operator.index,
                scene.operator.live,
                scene.operator.hints,
                key -> {},
                Runnable::run);
        informer.list();
        log.clear();

        for (int i = 0; i < 5; i++) {
            scene.clock.advance(Duration.ofHours(2));
            informer.list();
            scene.operator.sweep();
        }

        assertThat(log.messages()).isEmpty();
    }

    @Test
    void aWarningAboutAJobHasItsContext() {
        scene.operator.pass(SOURCE);
        String job = scene.onlyJob();
        log.clear();
        scene.queue.start(job);
        scene.clock.advance(Duration.ofDays(2));

        scene.operator.pass(SOURCE);

        assertThat(log.messages()).first().asString().contains("terminating job " + job + ": past its deadline");
        assertThat(context(0, "job")).isEqualTo(job);
        assertThat(context(0, "digest")).isEqualTo(digest("v1").toString());
    }

    @Test
    void aQueueThatTakesNoJobsIsOneLineHoweverManyRowsThereAre() {
        for (int row = 0; row < 16; row++) {
            scene.mirrors.row("docker.io/library/golang:" + row, "a.example.com/golang:" + row);
            scene.source("docker.io/library/golang:" + row, "v" + row);
            if (row % 2 == 0) {
                scene.queue.refuseNext("no such queue");
            } else {
                scene.queue.doNotAnswerNext(TestingCopyJobQueue.Landing.NEVER);
            }
        }
        for (int row = 0; row < 16; row++) {
            scene.operator.pass("docker.io/library/golang:" + row);
        }

        assertThat(log.messages(Level.WARN))
                .containsExactly("the job queue is unavailable; retrying: rejected a job: no such queue");
        assertThat(log.events().get(0).getMDCPropertyMap()).containsKey("digest");
    }

    @Test
    void reportsAQueueThatTakesJobsAgain() {
        scene.queue.refuseNext("no such queue");
        scene.operator.pass(SOURCE);
        scene.clock.advance(Duration.ofHours(2));
        scene.operator.pass(SOURCE);

        assertThat(log.messages(Level.WARN))
                .hasSize(2)
                .last()
                .asString()
                .contains("the job queue is available again", "1 attempt failed");
    }

    private String context(int line, String key) {
        return log.events().get(line).getMDCPropertyMap().get(key);
    }
}
