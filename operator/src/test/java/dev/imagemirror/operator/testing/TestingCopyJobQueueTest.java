package dev.imagemirror.operator.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.CopyJob;
import dev.imagemirror.operator.domain.CopyJobSpec;
import dev.imagemirror.operator.domain.JobReport;
import dev.imagemirror.operator.port.CopyJobQueue.Submission;
import dev.imagemirror.operator.port.PortException;
import dev.imagemirror.operator.testing.TestingCopyJobQueue.Landing;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TestingCopyJobQueueTest extends CopyJobQueueContract {
    private final TestingCopyJobQueue queue = new TestingCopyJobQueue(Clock.systemUTC());

    @Test
    void submissionWithoutAnAnswerLandsNeverAtOnceOrLate() {
        queue.doNotAnswerNext(Landing.NEVER);
        queue.doNotAnswerNext(Landing.LANDS);
        queue.doNotAnswerNext(Landing.LATE);
        for (String name : List.of("never", "lands", "late")) {
            assertThat(queue.submit(name, job())).isInstanceOf(Submission.Unanswered.class);
        }
        assertThat(queue.jobs()).extracting(CopyJob::name).containsExactly("lands");
        queue.landLate();
        assertThat(queue.jobs()).extracting(CopyJob::name).containsExactly("lands", "late");
        assertThat(queue.submitCalls()).hasSize(3);
    }

    @Test
    void forgottenJobIsNotKnown() {
        String id = submit("mirror-1", job());
        queue.forget(id);
        assertThat(queue.describe(List.of(id))).isEmpty();
        assertThat(queue.findByName(queue.queue(), "mirror-1")).isEmpty();
    }

    @Test
    void queueOutOfReachAnswersNothing() {
        queue.reachable(false);
        assertThat(queue.submit("mirror-1", job())).isInstanceOf(Submission.Unanswered.class);
        assertThatThrownBy(() -> queue.describe(List.of("any"))).isInstanceOf(PortException.class);
        queue.reachable(true);
        assertThat(queue.jobs()).isEmpty();
    }

    @Override
    protected TestingCopyJobQueue queue() {
        return queue;
    }

    @Override
    protected CopyJobSpec job() {
        Map<String, String> parameters = Map.of(
                "source", "a.example.com/x@sha256:" + "0".repeat(64), "dest", "b.example.com/x:1,c.example.com/x:1");
        return new CopyJobSpec(queue.queue(), queue.definition(), parameters, Map.of(), 60);
    }

    @Override
    protected CopyJobSpec refusedJob() {
        queue.refuseNext("told to refuse");
        return job();
    }

    @Override
    protected void start(String jobId) {
        queue.start(jobId);
    }

    @Override
    protected void succeed(String jobId) {
        queue.succeed(jobId);
    }

    @Override
    protected void fail(String jobId) {
        List<JobReport.Outcome> outcomes = List.of("b.example.com/x:1", "c.example.com/x:1").stream()
                .map(to -> new JobReport.Outcome(ImageReference.parse(to), "failed", 0, "AccessDenied", "no", null))
                .toList();
        queue.fail(jobId, "FAILED: exit code 77", new JobReport(outcomes));
    }
}
