package dev.imagemirror.operator.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imagemirror.operator.domain.CopyJobSpec;
import dev.imagemirror.operator.port.CopyJobQueue.Submission;
import dev.imagemirror.operator.port.PortException;
import dev.imagemirror.testing.fault.Fault;
import dev.imagemirror.testing.fault.FaultList;
import dev.imagemirror.testing.fault.Faults;
import dev.imagemirror.testing.http.Interceptor;
import dev.imagemirror.testing.http.Response;
import dev.imagemirror.testing.http.TestingHttpServer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/** What the SDK's own retries and time-outs do on a real connection. */
@Timeout(60)
class BatchWireTest {
    private static final String SUBMIT = "/v1/submitjob";
    private static final String DESCRIBE = "/v1/describejobs";
    private static final CopyJobSpec JOB =
            new CopyJobSpec("queue", "definition", Map.of("source", "a", "dest", "b"), Map.of(), 60);

    private final FaultList faults = new FaultList();

    @AutoClose
    private final TestingHttpServer server = TestingHttpServer.start(
            null, faults, request -> Response.text(200, "application/json", "{\"jobId\":\"id-1\",\"jobs\":[]}"));

    @AutoClose
    private final BatchClients clients = BatchClients.of(builder -> builder.region(Region.EU_CENTRAL_1)
            .credentialsProvider(AnonymousCredentialsProvider.create())
            .endpointOverride(URI.create(server.url())));

    private final BatchCopyJobQueue queue = new BatchCopyJobQueue(BatchSettings.of("queue", "definition"), clients);

    @Test
    void submissionThatIsAnsweredIsAccepted() {
        assertThat(queue.submit("mirror-1", JOB)).isEqualTo(new Submission.Accepted("id-1"));
    }

    @Test
    void submissionIsNotRepeatedAfterAServerError() {
        assertIsTriedOnce(Faults.status(500));
        assertIsTriedOnce(Faults.status(503));
    }

    @Test
    void submissionIsNotRepeatedAfterALostConnection() {
        assertIsTriedOnce(Faults.resetBeforeAnswer());
        assertIsTriedOnce(Faults.closeBeforeAnswer());
        assertIsTriedOnce(Faults.resetAfterHandling());
    }

    /** The JDK's HTTP client repeats a POST on a connection that it kept, unless the body is streamed. */
    @Test
    void submissionIsNotRepeatedWhenAKeptConnectionTurnsOutToBeDead() {
        assertThat(queue.submit("mirror-1", JOB)).isInstanceOf(Submission.Accepted.class);
        assertIsTriedOnce(Faults.closeBeforeAnswer());
    }

    @Test
    void submissionThatIsThrottledIsRefusedWithoutARepetition() {
        faults.add(Fault.on("POST", SUBMIT).always().then(Faults.tooManyRequests(Duration.ofSeconds(1))));
        assertThat(queue.submit("mirror-1", JOB)).isInstanceOf(Submission.Refused.class);
        assertThat(server.requests("POST", SUBMIT)).hasSize(1);
    }

    @Test
    void silenceEndsTheWaitForAnAnswer() {
        faults.add(Fault.on("POST", SUBMIT).always().then(Faults.stall()));
        JobSubmitter impatient = new JobSubmitter(clients.submitting(), Duration.ofSeconds(1), Map.of());
        assertThat(impatient.submit("mirror-1", JOB)).isInstanceOf(Submission.Unanswered.class);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void readingIsRepeated() {
        faults.add(Fault.on("POST", DESCRIBE).times(2).then(Faults.status(500)));
        assertThat(queue.describe(List.of("id-1"))).isEmpty();
        assertThat(server.requests("POST", DESCRIBE)).hasSize(3);
    }

    @Test
    void readingThatFailsEachTimeIsAnError() {
        faults.add(Fault.on("POST", DESCRIBE).always().then(Faults.status(500)));
        assertThatThrownBy(() -> queue.describe(List.of("id-1"))).isInstanceOf(PortException.class);
    }

    private void assertIsTriedOnce(Interceptor fault) {
        server.clearRequests();
        faults.clear();
        faults.add(Fault.on("POST", SUBMIT).always().then(fault));
        assertThat(queue.submit("mirror-1", JOB)).isInstanceOf(Submission.Unanswered.class);
        assertThat(server.requests("POST", SUBMIT)).hasSize(1);
    }
}
