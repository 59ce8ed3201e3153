package dev.imagemirror.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.claim.Admission;
import dev.imagemirror.operator.domain.CopyJob;
import dev.imagemirror.operator.domain.CopyJobSpec;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.JobReport;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** A table with many new rows from one registry, which must not become as many jobs at once, and a 429 in the midst. */
final class FirstFill {
    private static final int LIMIT = 40;

    private final int rows;

    private final Scene scene = new Scene();
    private final Scene.Operator operator = scene.operator("one", new Admission.Limits(100, LIMIT));
    private int most;

    FirstFill(int rows) {
        this.rows = rows;
    }

    /** They keep to the limits, come in the order of the line, wait while the registry cools down, and all end in sync. */
    void run() {
        List<String> sources =
                IntStream.range(0, rows).mapToObj(FirstFill::source).toList();
        for (String source : sources) {
            scene.mirrors.row(source, destination(source));
            scene.source(source, source);
        }

        operator.sweep();
        assertThat(scene.runningJobs()).hasSize(LIMIT);
        letEachRowComeInTurn();
        assertThat(submitted()).as("in the order of the line").isEqualTo(sources);
        throttleOne();
        letEachRowComeInTurn();
        assertThat(submitted().subList(rows + 1, 2 * rows)).isEqualTo(sources.subList(1, rows));
        operator.pass(source(0));
        letEachRowComeInTurn();

        assertThat(most).isEqualTo(LIMIT);
        assertThat(scene.statuses.pairs())
                .hasSize(rows)
                .allSatisfy(pair -> assertThat(pair.state().word()).isEqualTo("InSync"));
    }

    /** Ends jobs and works those that are called, as long as there are any. */
    private void letEachRowComeInTurn() {
        for (List<CopyJob> running = scene.runningJobs(); !running.isEmpty(); running = scene.runningJobs()) {
            most = Math.max(most, running.size());
            running.stream().map(CopyJob::id).limit(LIMIT / 2).forEach(this::end);
            scene.clock.advance(Duration.ofSeconds(5));
            workCalled();
        }
    }

    private void end(String job) {
        scene.complete(job);
        operator.pass(key(job));
    }

    /** All change, and the first job that fails says that the registry asked for fewer requests. */
    private void throttleOne() {
        IntStream.range(0, rows).mapToObj(FirstFill::source).forEach(source -> scene.source(source, "2" + source));
        operator.pass(source(0));
        String job = scene.onlyJob();
        ImageReference to = ImageReference.parse(destination(source(0)));
        scene.queue.fail(
                job,
                "FAILED",
                new JobReport(List.of(new JobReport.Outcome(to, "failed", 0, "RateLimited", "429", "docker.io"))));
        operator.sweep();
        assertThat(scene.runningJobs())
                .as("docker.io cools down, for every row")
                .isEmpty();
        scene.clock.advance(Duration.ofSeconds(50));
        operator.admission.callNext();
        workCalled();
        assertThat(scene.runningJobs()).isEmpty();
        scene.clock.advance(Duration.ofSeconds(70));
        operator.admission.callNext();
        workCalled();
        assertThat(scene.runningJobs()).hasSize(LIMIT);
    }

    private void workCalled() {
        List<EntryKey> called = List.copyOf(operator.enqueued);
        operator.enqueued.clear();
        called.forEach(key -> operator.pass(key.text()));
        most = Math.max(most, scene.runningJobs().size());
    }

    private List<String> submitted() {
        return scene.queue.submitCalls().stream()
                .map(call -> call.job().parameters().get(CopyJobSpec.SOURCE).replaceFirst("@.*", ""))
                .toList();
    }

    private String key(String job) {
        return scene.queue.spec(job).parameters().get(CopyJobSpec.SOURCE).replaceFirst("@.*", "");
    }

    private static String source(int number) {
        return "docker.io/library/i" + (10_000 + number) + ":1";
    }

    private static String destination(String source) {
        return source.replace("docker.io/library", "a.example.com");
    }
}
