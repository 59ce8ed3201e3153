package dev.imagemirror.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.config.ConfigLoader;
import dev.imagemirror.operator.domain.Claim;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.program.Context;
import dev.imagemirror.operator.program.Exit;
import dev.imagemirror.operator.runtime.Service;
import dev.imagemirror.operator.testing.TestingBatchJob;
import dev.imagemirror.operator.testing.TestingBatchServer;
import dev.imagemirror.operator.testing.TestingDynamoServer;
import dev.imagemirror.operator.wiring.Wiring;
import dev.imagemirror.testing.image.TestingImage;
import dev.imagemirror.testing.image.TestingImages;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The whole loop while AWS asks for fewer requests: it slows down, loses nothing, and ends in sync. */
@Timeout(120)
class ThrottlingIT extends CommandsWithRegistries {
    private static final int ROWS = 8;
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private final TestingImage image = TestingImages.small(1);

    @AutoClose
    private final ThrottledTables dynamo =
            new ThrottledTables(TestingDynamoServer.shared().url());

    @AutoClose
    private final TestingBatchServer batch = new TestingBatchServer(this::copy);

    @BeforeEach
    void manyRows() {
        commands.environment.put("MIRROR_OPERATOR_JOBS_MODE", "batch");
        commands.environment.put("MIRROR_OPERATOR_LOOP_INTERVAL", "1s");
        commands.environment.put("MIRROR_OPERATOR_REGISTRIES_SWEEP_WINDOW", "0s");
        commands.environment.put("MIRROR_OPERATOR_TABLES_STREAM", "false");
        commands.aws.endpoint("DynamoDb", dynamo.url()).endpoint("Batch", batch.url());
        image.putInto(from, "team/app", "1");
        IntStream.range(0, ROWS).forEach(i -> commands.putRow(source(i), to.reference("copy/app" + i, "1")));
    }

    @Test
    void dynamoDbThatThrottlesEveryFourthCallLosesNothing() {
        dynamo.refuse(25);

        runUntilAllIsInSync();

        assertThat(dynamo.refused()).containsKeys("Scan", "GetItem", "Query", "TransactWriteItems");
        assertEachWasCopiedOnce();
    }

    @Test
    void batchThatThrottlesEveryActionLosesNothing() {
        batch.throttle("submitjob", ROWS + 3);
        batch.throttle("describejobs", 7);

        runUntilAllIsInSync();

        assertEachWasCopiedOnce();
    }

    /** The answers to all submissions are lost, so that only a search of the queue can tell what became of them. */
    @Test
    void claimsWhoseSubmissionIsUnknownOutliveASearchThatIsThrottled() {
        batch.loseAnswers();
        commands.run("once");
        assertThat(batch.jobs()).hasSize(ROWS);
        batch.clearFaults();
        batch.throttle("listjobs", Integer.MAX_VALUE);

        commands.clock.advance(Duration.ofMinutes(11));
        commands.run("once");
        assertThat(commands.out()).contains("TooManyRequestsException");
        assertThat(claims())
                .hasSize(ROWS)
                .allSatisfy(claim -> assertThat(claim.jobId()).isNull());
        batch.clearFaults();
        commands.clock.advance(Duration.ofMinutes(11));
        commands.run("once");
        assertThat(claims())
                .hasSize(ROWS)
                .allSatisfy(claim -> assertThat(claim.jobId()).isNotNull());

        assertThat(commands.run("once")).as(commands.out() + commands.err()).isEqualTo(Exit.OK);
        assertThat(claims()).isEmpty();
        assertEachWasCopiedOnce();
    }

    /** Time goes by in steps of half a minute, so that delays after a refusal pass. */
    private void runUntilAllIsInSync() {
        try (Wiring wiring = Wiring.open(
                        ConfigLoader.load(null, commands.environment).config(), context(), false);
                Service service = new Service(wiring, context())) {
            service.start();
            await().atMost(LIMIT).pollInterval(Duration.ofMillis(200)).untilAsserted(() -> {
                commands.clock.advance(Duration.ofSeconds(30));
                assertThat(pairs()).hasSize(ROWS).allSatisfy(pair -> {
                    assertThat(pair.state().word()).as(pair.state().message()).isEqualTo("InSync");
                    assertThat(pair.claim()).isNull();
                });
            });
        }
    }

    private void assertEachWasCopiedOnce() {
        assertThat(batch.jobs())
                .flatExtracting(TestingBatchJob::destinations)
                .extracting(ImageReference::toString)
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, ROWS)
                        .mapToObj(i -> to.reference("copy/app" + i, "1"))
                        .toList());
        IntStream.range(0, ROWS)
                .forEach(i ->
                        assertThat(image.differences(to, "copy/app" + i, "1")).isEmpty());
    }

    private void copy(TestingBatchJob job) {
        job.destinations().forEach(destination -> image.putInto(to, destination.repository(), destination.tag()));
    }

    private Context context() {
        return new Context(commands.environment, System.out, System.err, commands.clock, new Random(1), false);
    }

    private String source(int number) {
        return from.reference("team/app", "1") + "#" + number;
    }

    private List<Claim> claims() {
        return pairs().stream().map(PairStatus::claim).filter(Objects::nonNull).toList();
    }

    private List<PairStatus> pairs() {
        List<PairStatus> pairs = new CopyOnWriteArrayList<>();
        commands.statuses().scan(summary -> {}, pairs::add, item -> {});
        return pairs;
    }
}
