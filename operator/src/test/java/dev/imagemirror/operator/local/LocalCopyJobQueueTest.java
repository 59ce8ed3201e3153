package dev.imagemirror.operator.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.imagemirror.copy.CopySettings;
import dev.imagemirror.copy.RegistryMirrors;
import dev.imagemirror.operator.domain.CopyJob;
import dev.imagemirror.operator.domain.CopyJobSpec;
import dev.imagemirror.operator.domain.JobReport;
import dev.imagemirror.operator.port.CopyJobQueue.Submission;
import dev.imagemirror.operator.port.JobProgress;
import dev.imagemirror.operator.testing.CopyJobQueueContract;
import dev.imagemirror.registry.RegistryClient;
import dev.imagemirror.registry.TestingSettings;
import dev.imagemirror.registry.http.RetryPolicy;
import dev.imagemirror.registry.model.CredentialProvider;
import dev.imagemirror.testing.MutableClock;
import dev.imagemirror.testing.fault.Fault;
import dev.imagemirror.testing.fault.Faults;
import dev.imagemirror.testing.image.TestingImage;
import dev.imagemirror.testing.image.TestingImages;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class LocalCopyJobQueueTest extends CopyJobQueueContract {
    private static final String PINNED = "a.example.com/x@sha256:" + "0".repeat(64);

    @AutoClose
    private final HeldImages images = new HeldImages();

    private final SteppedAlarm deadlines = new SteppedAlarm();
    private final MutableClock clock = MutableClock.atSomeInstant();

    @AutoClose
    private final LocalCopyJobQueue queue = queue(new LocalSettings(2, 3, Duration.ofSeconds(30)));

    @Test
    void copiesTheImageToEachDestination() {
        CopyJobSpec spec = job();
        images.release(spec);
        String id = submit("mirror-1", spec);
        awaitState(id, CopyJob.State.SUCCEEDED);
        TestingImage image = TestingImages.small(1);
        assertThat(image.differences(images.target, "out1/x", "1")).isEmpty();
        assertThat(image.differences(images.target, "more1/x", "1")).isEmpty();
    }

    @Test
    void idIsTheNameWithTheProcessAndANumber() {
        String process = LocalProcess.current().toString();
        assertThat(submit("mirror-1", job())).isEqualTo("mirror-1-" + process + "-1");
        assertThat(submit("mirror-1", job())).isEqualTo("mirror-1-" + process + "-2");
    }

    @Test
    void jobOfAnotherProcessIsNotGoneAsLongAsThatLives() {
        LocalProcess other = LocalProcess.of(ProcessHandle.current().parent().orElseThrow());
        assertThat(queue.settling("mirror-1-" + other + "-7")).isGreaterThanOrEqualTo(Duration.ofHours(12));
    }

    @Test
    void jobOfAProcessThatHasEndedIsGoneAtOnce() {
        LocalProcess self = LocalProcess.current();
        LocalProcess before = new LocalProcess(self.pid(), self.startedAt() - 1);
        assertThat(queue.settling("mirror-1-" + before + "-7")).isZero();
        assertThat(queue.settling("mirror-1-" + new LocalProcess(Long.MAX_VALUE, 1) + "-7"))
                .isZero();
        assertThat(queue.settling("mirror-1-7")).as("of a version before").isZero();
        assertThat(queue.settling("mirror-1-x-y-7")).isZero();
    }

    @Test
    void jobOfThisProcessThatIsNoLongerKnownIsGone() {
        assertThat(queue.settling("mirror-1-" + LocalProcess.current() + "-7")).isZero();
    }

    @Test
    void noMoreJobsRunAtOnceThanSettingsSay() {
        CopyJobSpec first = job();
        List<String> ids = List.of(submit("a", first), submit("b", job()), submit("c", job()));
        awaitState(ids.get(0), CopyJob.State.RUNNING);
        awaitState(ids.get(1), CopyJob.State.RUNNING);
        assertThat(described(ids.get(2)).state()).isEqualTo(CopyJob.State.PENDING);
        images.release(first);
        awaitState(ids.get(2), CopyJob.State.RUNNING);
    }

    @Test
    void jobThatWaitsForItsTurnDoesNotCountAsOneThatDoesNotStart() {
        CopyJobSpec first = job();
        submit("a", first);
        submit("b", job());
        String waiting = submit("c", job());
        clock.advance(Duration.ofHours(3));
        assertThat(described(waiting).startedAt()).isNull();
        assertThat(described(waiting).createdAt()).isEqualTo(clock.instant());
        images.release(first);
        awaitState(waiting, CopyJob.State.RUNNING);
        assertThat(described(waiting).createdAt()).isEqualTo(described(waiting).startedAt());
    }

    @Test
    void terminatedCopyLeavesNoTag() {
        String id = submit("mirror-1", job());
        await().untilAsserted(() -> assertThat(images.isAskedForBlobs()).isTrue());
        queue.terminate(id, "the row is gone");
        awaitState(id, CopyJob.State.FAILED);
        assertThat(described(id).detail()).isEqualTo("stopped: the row is gone");
        assertThat(images.target.content().tags("out1/x")).isEmpty();
        assertThat(images.target.content().tags("more1/x")).isEmpty();
        assertThat(queue.report(described(id)).orElseThrow().destinations())
                .extracting(JobReport.Outcome::outcome, JobReport.Outcome::reason)
                .containsOnly(tuple("failed", "Temporary"));
    }

    @Test
    void terminatedCopyEndsThoughARegistryNeverAnswers() {
        images.source.fault(Fault.on("*", "/v2/.+/manifests/.+").always().then(Faults.stall()));
        String id = submit("mirror-1", job());
        await().untilAsserted(() -> assertThat(images.source.requests()).isNotEmpty());
        queue.terminate(id, "the row is gone");
        awaitState(id, CopyJob.State.FAILED);
    }

    @Test
    void jobAfterATerminatedOneIsNotDisturbed() {
        String first = submit("a", job());
        String second = submit("b", job());
        awaitState(first, CopyJob.State.RUNNING);
        awaitState(second, CopyJob.State.RUNNING);
        CopyJobSpec third = job();
        CopyJobSpec fourth = job();
        images.release(third);
        images.release(fourth);
        List<String> next = List.of(submit("c", third), submit("d", fourth));
        queue.terminate(first, "stop");
        queue.terminate(second, "stop");
        next.forEach(id -> awaitState(id, CopyJob.State.SUCCEEDED));
    }

    @Test
    void copyThatPassesItsDeadlineIsStopped() {
        String id = submit("mirror-1", job());
        await().untilAsserted(() -> assertThat(deadlines.waiting()).containsExactly(Duration.ofHours(1)));
        deadlines.pass(Duration.ofHours(1));
        awaitState(id, CopyJob.State.FAILED);
        assertThat(described(id).detail()).contains("deadline of 1h");
        assertThat(images.target.content().tags("out1/x")).isEmpty();
    }

    @Test
    void deadlineOfACopyThatEndedIsGone() {
        CopyJobSpec spec = job();
        images.release(spec);
        awaitState(submit("mirror-1", spec), CopyJob.State.SUCCEEDED);
        await().untilAsserted(() -> assertThat(deadlines.waiting()).isEmpty());
    }

    @Test
    void referrersAreCopiedWhenTheEnvironmentSaysSo() {
        for (Map<String, String> environment : List.of(Map.of("MIRROR_REFERRERS", "true"), Map.<String, String>of())) {
            CopyJobSpec spec = images.job(environment);
            images.release(spec);
            String name = environment.isEmpty() ? "2" : "1";
            TestingImage image = TestingImages.small(Long.parseLong(name));
            TestingImages.referrer(image, "application/vnd.example.sbom")
                    .putInto(images.source, "in" + name + "/x", "");
            awaitState(submit("mirror-" + name, spec), CopyJob.State.SUCCEEDED);
        }
        assertThat(images.target.content().manifests("out1/x")).hasSize(2);
        assertThat(images.target.content().manifests("out2/x")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a.example.com/x:1 | b.example.com/x:1 | '' | not pinned",
                "'' | b.example.com/x:1 | '' | 'source' is missing",
                "PINNED | '' | '' | 'dest' is missing",
                "PINNED | ' , ' | '' | no destination",
                "PINNED | b.example.com/x | '' | must have a tag",
                "PINNED | b.example.com/X!:1 | '' | invalid image reference",
                "PINNED | b.example.com/x:1 | perhaps | expected true or false"
            })
    void badParametersAreRefusedAndNamed(String source, String dest, String referrers, String fault) {
        Map<String, String> parameters = Map.of("source", source.replace("PINNED", PINNED), "dest", dest);
        CopyJobSpec spec = new CopyJobSpec(
                queue.queue(), queue.definition(), parameters, Map.of("MIRROR_REFERRERS", referrers), 60);
        assertThat(queue.submit("mirror-1", spec))
                .isInstanceOfSatisfying(
                        Submission.Refused.class,
                        refused -> assertThat(refused.message()).contains(fault));
    }

    @Test
    void progressCountsBlobsBytesAndDestinations() {
        CopyJobSpec spec = job();
        String id = submit("mirror-1", spec);
        await().untilAsserted(() -> assertThat(images.isAskedForBlobs()).isTrue());
        JobProgress running = queue.progress().get(0);
        assertThat(running.job().id()).isEqualTo(id);
        assertThat(running.destinations()).isEqualTo(2);
        assertThat(running.destinationsDone()).isZero();
        assertThat(running.bytesDone()).isZero();
        images.release(spec);
        awaitState(id, CopyJob.State.SUCCEEDED);
        long bytes = TestingImages.small(1).blobBytes();
        assertThat(queue.progress().get(0)).isEqualTo(new JobProgress(described(id), 2, 2, bytes, bytes, 2, 2));
    }

    @Test
    void onlyTheJobsThatEndedLastAreKept() {
        String running = submit("running", job());
        awaitState(running, CopyJob.State.RUNNING);
        for (int number = 1; number <= 5; number++) {
            CopyJobSpec spec = job();
            images.release(spec);
            String id = submit("mirror-" + number, spec);
            await().untilAsserted(() -> assertThat(queue.describe(List.of(id)).values())
                    .allMatch(job -> job.state().isEnded()));
        }
        await().untilAsserted(() -> assertThat(queue.progress())
                .extracting(progress -> progress.job().name())
                .containsExactly("running", "mirror-3", "mirror-4", "mirror-5"));
    }

    @Test
    void closingStopsWhatRunsAndWhatWaitsAndTakesNoMore() {
        List<String> ids = List.of(submit("a", job()), submit("b", job()), submit("c", job()));
        awaitState(ids.get(0), CopyJob.State.RUNNING);
        awaitState(ids.get(1), CopyJob.State.RUNNING);
        queue.close();
        assertThat(queue.describe(ids).values())
                .hasSize(3)
                .allMatch(job -> job.state() == CopyJob.State.FAILED)
                .allMatch(job -> job.detail().contains("shutting down"));
        assertThat(described(ids.get(2)).startedAt()).isNull();
        assertThat(images.target.content().tags("out1/x")).isEmpty();
        assertThat(queue.submit("d", job())).isInstanceOf(Submission.Refused.class);
    }

    @Test
    void faultOfTheProgramEndsOneJobOnly() {
        LocalCopier broken = new LocalCopier(
                () -> {
                    throw new IllegalStateException("no client");
                },
                RegistryMirrors.NONE,
                settings());
        try (LocalCopyJobQueue other = new LocalCopyJobQueue(
                broken, new LocalSettings(1, 9, Duration.ofSeconds(30)), Clock.systemUTC(), deadlines)) {
            other.submit("a", job());
            other.submit("b", job());
            await().untilAsserted(() -> assertThat(other.progress())
                    .extracting(progress -> progress.job().detail())
                    .hasSize(2)
                    .allMatch(detail -> detail.contains("no client")));
            assertThat(other.report(other.progress().get(0).job())).isEmpty();
        }
    }

    private LocalCopyJobQueue queue(LocalSettings settings) {
        LocalCopier copier = new LocalCopier(
                () -> new RegistryClient(TestingSettings.onLoopback(), CredentialProvider.ANONYMOUS, retries()),
                RegistryMirrors.NONE,
                settings());
        return new LocalCopyJobQueue(copier, settings, clock, deadlines);
    }

    private static CopySettings settings() {
        return CopySettings.standard(retries());
    }

    private static RetryPolicy retries() {
        return RetryPolicy.standard(Clock.systemUTC(), new Random(1));
    }

    /** Ids end in the number of the submission, which is that of the image. */
    private static int number(String jobId) {
        return Integer.parseInt(jobId.substring(jobId.lastIndexOf('-') + 1));
    }

    @Override
    protected LocalCopyJobQueue queue() {
        return queue;
    }

    @Override
    protected CopyJobSpec job() {
        return images.job(Map.of());
    }

    @Override
    protected CopyJobSpec refusedJob() {
        return new CopyJobSpec(queue.queue(), queue.definition(), Map.of("source", PINNED), Map.of(), 60);
    }

    @Override
    protected void start(String jobId) {
        awaitState(jobId, CopyJob.State.RUNNING);
    }

    @Override
    protected void succeed(String jobId) {
        images.release(number(jobId));
    }

    @Override
    protected void fail(String jobId) {
        images.deny();
        images.release(number(jobId));
    }
}
