package dev.imagemirror.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.imagemirror.e2e.BigImage;
import dev.imagemirror.operator.demo.OperatorProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code once}, as a scheduled job runs it; moto and the real worker as in {@link MirrorE2E}. */
class OnceE2E {
    private static final int LAYER = 64 * 1024;

    @TempDir
    Path directory;

    @AutoClose
    private Site site;

    @BeforeEach
    void startSite() throws IOException, InterruptedException {
        site = Site.start(directory);
    }

    @Test
    void onePassSubmitsTheNextFindsAllInSyncAndTheExitCodeTellsOfFailures() throws IOException, InterruptedException {
        String source = BigImage.push(site.source(), "once/app:1", 2, 1, LAYER);
        String destination = site.destination().reference("once/app:1");
        put(source, destination);

        OperatorProcess.Result first = site.operator().run("once");
        assertThat(first.out()).contains("1 Copying");
        assertThat(first.exit()).isZero();
        awaitJobs(source, 1);

        OperatorProcess.Result second = site.operator().run("once");
        assertThat(second.out()).contains("1 InSync");
        assertThat(second.exit()).isZero();
        assertThat(site.digest(destination)).isNotNull().isEqualTo(site.digest(source));

        put(site.source().reference("once/nothing:1"), site.destination().reference("once/nothing:1"));
        OperatorProcess.Result third = site.operator().run("once");
        assertThat(third.out()).contains("1 InSync").contains("SourceNotFound");
        assertThat(third.exit()).isEqualTo(1);
        awaitJobs(source, 1);
    }

    @Test
    void aPassOverOneEcrImageReadsEcrsListsAndCopiesFromItsRegistry() throws IOException, InterruptedException {
        String other = BigImage.push(site.source(), "once/other:1", 1, 1, LAYER);
        put(other, site.destination().reference("once/other:1"));
        site.aws().run("ecr", "create-repository", "--repository-name=team/app");
        site.ecr().push(site.aws(), other, "team/app", "1");
        site.ecr().push(site.aws(), BigImage.push(site.source(), "once/two:1", 1, 1, LAYER), "team/app", "2");
        String source = EcrRegistry.HOST + "/team/app";
        String destination = site.destination().reference("once/ecr");
        site.aws().putRow("""
                {"Source": {"S": "%s"}, "Destination": {"S": "%s"}, "Tags": {"M": {"Include": {"L": [{"S": "*"}]}}}}""".formatted(source, destination));

        OperatorProcess.Result unknown = site.operator().run("once", "team/none", "1");
        assertThat(unknown.out()).contains("0 entries: no pairs");
        OperatorProcess.Result first = site.operator().run("once", "team/app", "1");
        assertThat(first.out()).contains("1 entry: 2 Copying");
        assertThat(first.exit()).isZero();
        awaitJobs(source + ":1", 1);
        awaitJobs(source + ":2", 1);
        OperatorProcess.Result second = site.operator().run("once", "team/app", "1");

        assertThat(second.out()).contains("1 entry: 2 InSync");
        assertThat(second.exit()).isZero();
        assertThat(site.words(source)).isEqualTo(Map.of(destination + ":1", "InSync", destination + ":2", "InSync"));
        assertThat(site.words(other)).as("the entry of another image").isEmpty();
        assertThat(site.digest(destination + ":1")).isNotNull().isNotEqualTo(site.digest(destination + ":2"));
    }

    private void put(String source, String destination) throws IOException, InterruptedException {
        site.aws().putRow("""
                {"Source": {"S": "%s"}, "Destination": {"S": "%s"}}""".formatted(source, destination));
    }

    private void awaitJobs(String source, int count) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(site.batch().jobsOf(source))
                        .hasSize(count)
                        .allSatisfy(job -> assertThat(job.state().status()).isEqualTo("SUCCEEDED")));
    }
}
