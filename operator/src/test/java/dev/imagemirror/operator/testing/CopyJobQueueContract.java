package dev.imagemirror.operator.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.CopyJob;
import dev.imagemirror.operator.domain.CopyJobSpec;
import dev.imagemirror.operator.domain.JobReport;
import dev.imagemirror.operator.port.CopyJobQueue;
import dev.imagemirror.operator.port.CopyJobQueue.Submission;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every {@link CopyJobQueue} does. Jobs run and end when the hooks say so. */
public abstract class CopyJobQueueContract {
    private static final String NAME = "mirror-0f";

    /** The queue, without jobs. */
    protected abstract CopyJobQueue queue();

    /** A job that the queue accepts, different from all others. */
    protected abstract CopyJobSpec job();

    /** A job that the queue refuses, to be submitted next. */
    protected abstract CopyJobSpec refusedJob();

    /** The job begins to run; jobs run in the order of their submission. */
    protected abstract void start(String jobId);

    /** A running job comes to its end and finds all destinations equal. */
    protected abstract void succeed(String jobId);

    /** A running job fails at all its destinations. */
    protected abstract void fail(String jobId);

    @Test
    void acceptedJobIsKnownByItsIdAndHasNotEnded() {
        String id = submit(NAME, job());
        CopyJob job = described(id);
        assertThat(job.id()).isEqualTo(id);
        assertThat(job.name()).isEqualTo(NAME);
        assertThat(job.state().isEnded()).isFalse();
        assertThat(job.createdAt()).isNotNull();
        assertThat(job.stoppedAt()).isNull();
    }

    @Test
    void refusedJobIsNotInTheQueue() {
        assertThat(queue().submit(NAME, refusedJob()))
                .isInstanceOfSatisfying(
                        Submission.Refused.class,
                        refused -> assertThat(refused.message()).isNotBlank());
        assertThat(named(NAME)).isEmpty();
    }

    @Test
    void unknownIdsAreLeftOut() {
        String id = submit(NAME, job());
        assertThat(queue().describe(List.of("unknown", id, id, "neither"))).containsOnlyKeys(id);
        assertThat(queue().describe(List.of("unknown"))).isEmpty();
        assertThat(queue().describe(List.of())).isEmpty();
    }

    @Test
    void anyNumberOfIdsCanBeAskedFor() {
        String first = submit(NAME, job());
        String last = submit(NAME, job());
        List<String> unknown =
                IntStream.range(0, 248).mapToObj(number -> "unknown-" + number).toList();
        List<String> ids = Stream.of(List.of(first), unknown, List.of(last))
                .flatMap(List::stream)
                .toList();
        assertThat(queue().describe(ids)).containsOnlyKeys(first, last);
    }

    @Test
    void jobsAreFoundByTheirExactNameInAnyStateOldestFirst() {
        String first = submit(NAME, job());
        submit(NAME + "0", job());
        String second = submit(NAME, job());
        submit(NAME.toUpperCase(Locale.ROOT), job());
        start(first);
        succeed(first);
        awaitState(first, CopyJob.State.SUCCEEDED);
        assertThat(named(NAME)).containsExactly(first, second);
        assertThat(named("mirror-0")).isEmpty();
        assertThat(named("mirror-*")).isEmpty();
    }

    @Test
    void nothingIsFoundOnAnotherQueue() {
        submit(NAME, job());
        assertThat(queue().findByName("another", NAME)).isEmpty();
    }

    @Test
    void runningJobSaysSinceWhen() {
        String id = submit(NAME, job());
        start(id);
        awaitState(id, CopyJob.State.RUNNING);
        assertThat(described(id).startedAt()).isAfterOrEqualTo(described(id).createdAt());
        assertThat(described(id).stoppedAt()).isNull();
    }

    @Test
    void succeededJobReportsEachDestination() {
        CopyJobSpec spec = job();
        String id = submit(NAME, spec);
        start(id);
        succeed(id);
        awaitState(id, CopyJob.State.SUCCEEDED);
        CopyJob job = described(id);
        assertThat(job.stoppedAt()).isAfterOrEqualTo(job.startedAt());
        JobReport report = queue().report(job).orElseThrow();
        assertThat(report.destinations())
                .extracting(JobReport.Outcome::destination)
                .containsExactlyElementsOf(destinations(spec));
        assertThat(report.destinations()).allMatch(JobReport.Outcome::succeeded);
        assertThat(report.destinations()).as("what is not mounted").anyMatch(outcome -> outcome.bytes() > 0);
    }

    @Test
    void failedJobSaysWhyOfEachDestination() {
        CopyJobSpec spec = job();
        String id = submit(NAME, spec);
        start(id);
        fail(id);
        awaitState(id, CopyJob.State.FAILED);
        CopyJob job = described(id);
        assertThat(job.detail()).isNotBlank();
        assertThat(job.stoppedAt()).isNotNull();
        for (ImageReference destination : destinations(spec)) {
            JobReport.Outcome outcome =
                    queue().report(job).orElseThrow().of(destination).orElseThrow();
            assertThat(outcome.succeeded()).isFalse();
            assertThat(outcome.reason()).isEqualTo("AccessDenied");
            assertThat(outcome.error()).isNotBlank();
        }
    }

    @Test
    void terminatedJobFailsWhetherItRanOrNot() {
        String running = submit(NAME, job());
        String waiting = submit(NAME, job());
        start(running);
        awaitState(running, CopyJob.State.RUNNING);
        queue().terminate(waiting, "no longer wanted");
        queue().terminate(running, "no longer wanted");
        awaitState(waiting, CopyJob.State.FAILED);
        awaitState(running, CopyJob.State.FAILED);
        assertThat(described(running).detail()).contains("no longer wanted");
    }

    @Test
    void terminatingAJobThatEndedOrIsNotKnownChangesNothing() {
        String id = submit(NAME, job());
        start(id);
        succeed(id);
        awaitState(id, CopyJob.State.SUCCEEDED);
        CopyJob before = described(id);
        assertThatCode(() -> queue().terminate(id, "late")).doesNotThrowAnyException();
        assertThatCode(() -> queue().terminate("unknown", "late")).doesNotThrowAnyException();
        assertThat(described(id)).isEqualTo(before);
    }

    @Test
    void jobThatIsNotKnownHasNoReport() {
        CopyJob unknown = new CopyJob("unknown", NAME, CopyJob.State.FAILED, "", null, null, null);
        assertThat(queue().report(unknown)).isEmpty();
    }

    /** Submits a job that is accepted. */
    protected final String submit(String name, CopyJobSpec job) {
        Submission answer = queue().submit(name, job);
        assertThat(answer).isInstanceOf(Submission.Accepted.class);
        return ((Submission.Accepted) answer).jobId();
    }

    /** The job as the queue shows it. */
    protected final CopyJob described(String id) {
        return queue().describe(List.of(id)).get(id);
    }

    /** Waits for the job to be in this state. */
    protected final void awaitState(String id, CopyJob.State state) {
        await().pollInterval(Duration.ofMillis(10))
                .untilAsserted(() -> assertThat(described(id).state()).isEqualTo(state));
    }

    private List<String> named(String name) {
        return queue().findByName(queue().queue(), name).stream()
                .map(CopyJob::id)
                .toList();
    }

    private static List<ImageReference> destinations(CopyJobSpec spec) {
        return Stream.of(spec.parameters().get(CopyJobSpec.DESTINATIONS).split(","))
                .map(ImageReference::parse)
                .toList();
    }
}
