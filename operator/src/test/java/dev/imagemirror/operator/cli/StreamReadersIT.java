package dev.imagemirror.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.imagemirror.operator.testing.TestingCluster;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A stream takes two readers, so a process is one: loop, dashboard and policies share what it reads. */
@Timeout(120)
class StreamReadersIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @AutoClose
    private final TestingCommands commands = new TestingCommands();

    @AutoClose
    private final TestingCluster cluster = new TestingCluster();

    private TestingRun run;

    @BeforeEach
    void setUp() {
        commands.follow(cluster);
    }

    @AfterEach
    void stop() throws InterruptedException {
        run.stop();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--kubernetes", "--kubernetes-only"})
    void eachTableStreamHasOneReaderEvenWithPolicies(String option) {
        run = new TestingRun(commands, option).start();

        assertReaders(commands.tables.mirrors(), commands.tables.statuses());
    }

    @Test
    void eachTablesStreamHasOneReaderWithADashboard() {
        run = new TestingRun(commands).start();

        assertReaders(commands.tables.mirrors(), commands.tables.statuses());
    }

    /** The readers that there are, and that no stream was subscribed to more often, as the SDK has counted. */
    private void assertReaders(String... tables) {
        assertThat(readers()).containsExactlyInAnyOrder(tables);
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(run.get("/metrics").body().lines())
                        .filteredOn(line -> line.startsWith("image_mirror_aws_calls_total")
                                && line.contains("operation=\"GetShardIterator\""))
                        .singleElement()
                        .asString()
                        .endsWith(" " + tables.length + ".0"));
    }

    /** Tables whose stream is read, one element a reader. */
    private List<String> readers() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("stream-of-"))
                .map(name -> name.substring("stream-of-".length()))
                .filter(List.of(commands.tables.mirrors(), commands.tables.statuses())::contains)
                .toList();
    }
}
