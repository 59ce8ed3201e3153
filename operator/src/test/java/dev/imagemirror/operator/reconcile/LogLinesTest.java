package dev.imagemirror.operator.reconcile;

import static dev.imagemirror.operator.reconcile.Scene.DESTINATION;
import static dev.imagemirror.operator.reconcile.Scene.SOURCE;
import static dev.imagemirror.operator.reconcile.Scene.digest;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.imagemirror.operator.port.Ports;
import dev.imagemirror.operator.port.RepositoryCreator;
import dev.imagemirror.operator.testing.TestingCopyJobQueue;
import dev.imagemirror.operator.testing.TestingLog;
import java.time.Duration;
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

        assertThat(log.messages()).first().asString().contains("ending job " + job + ": past its deadline");
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
                .containsExactly("the job queue cannot be used; that is tried again until it can: it refused a job: "
                        + "no such queue");
        assertThat(log.events().get(0).getMDCPropertyMap()).containsKey("digest");
    }

    @Test
    void aQueueThatTakesJobsAgainIsSaid() {
        scene.queue.refuseNext("no such queue");
        scene.operator.pass(SOURCE);
        scene.clock.advance(Duration.ofHours(2));
        scene.operator.pass(SOURCE);

        assertThat(log.messages(Level.WARN))
                .hasSize(2)
                .last()
                .asString()
                .contains("the job queue can be used again", "1 try failed");
    }

    private String context(int line, String key) {
        return log.events().get(line).getMDCPropertyMap().get(key);
    }
}
