package dev.imagemirror.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.testing.TestingRegistry;
import dev.imagemirror.testing.fault.Fault;
import dev.imagemirror.testing.fault.Faults;
import dev.imagemirror.testing.http.Response;
import dev.imagemirror.testing.image.TestingImages;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which addresses one copy asks. */
class ReachableAddressesIT {
    private static final String LOOPBACK = "MIRROR_LOOPBACK_REGISTRIES";

    @AutoClose
    private final TestingRegistry source = TestingRegistry.start();

    @AutoClose
    private final TestingRegistry destination = TestingRegistry.start();

    private CommandRun mirror(Map<String, String> environment) {
        return CommandRun.with(environment, source.reference("app", "1"), destination.authority() + "/app");
    }

    @BeforeEach
    void fillTheSource() {
        TestingImages.small(1).putInto(source, "app", "1");
    }

    @Test
    void asksThisMachineWhereThatIsTyped() {
        CommandRun run = mirror(Map.of());

        assertThat(run.exit()).as(run.err()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "localhost", "127.0.0.1:1"})
    void asksThisMachineNowhereElseThanTheEnvironmentLists(String listed) {
        CommandRun run = mirror(Map.of(LOOPBACK, listed));

        assertThat(run.exit()).as(run.err()).isEqualTo(77);
        assertThat(run.destination(0).path("reason").asText()).isEqualTo("SourceNotAllowed");
        assertThat(run.destination(0).path("error").asText()).contains("a loopback address", LOOPBACK);
        assertThat(source.requests()).isEmpty();
        assertThat(destination.requests()).isEmpty();
    }

    @Test
    void asksThisMachineNowhereInABatchJob() {
        CommandRun run = mirror(Map.of("AWS_BATCH_JOB_ID", "0f1e"));

        assertThat(run.exit()).as(run.err()).isEqualTo(77);
        assertThat(run.destination(0).path("error").asText()).contains("a loopback address", LOOPBACK);
        assertThat(source.requests()).isEmpty();
    }

    @Test
    void asksThisMachineInABatchJobThatListsIt() {
        CommandRun run = mirror(Map.of("AWS_BATCH_JOB_ID", "0f1e", LOOPBACK, "127.0.0.1,localhost"));

        assertThat(run.exit()).as(run.err()).isZero();
    }

    @Test
    void namesTheDestinationIfThatIsNotAllowed() {
        CommandRun run = mirror(Map.of(LOOPBACK, source.authority()));

        assertThat(run.exit()).as(run.err()).isEqualTo(77);
        assertThat(run.destination(0).path("reason").asText()).isEqualTo("DestinationNotAllowed");
        assertThat(run.destination(0).path("error").asText()).contains(destination.authority());
        assertThat(destination.requests()).isEmpty();
        assertThat(source.requests()).isNotEmpty();
    }

    @Test
    void copiesWhereTheEnvironmentListsBoth() {
        CommandRun run = mirror(Map.of(LOOPBACK, source.authority() + "," + destination.authority()));

        assertThat(run.exit()).as(run.err()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254/latest/meta-data:1",
                "0.0.0.0:5000/app:1",
                "[fd00:ec2::254]/app:1",
                "[::ffff:169.254.169.254]/app:1",
                "100.100.100.200/app:1"
            })
    void neverAsksAMetadataAddress(String reference) {
        CommandRun run = CommandRun.of(reference, destination.authority() + "/app");

        assertThat(run.exit()).as(run.err()).isEqualTo(77);
        assertThat(run.destination(0).path("reason").asText()).isEqualTo("SourceNotAllowed");
        assertThat(run.destination(0).path("error").asText()).contains("never allowed");
    }

    @Test
    void asksNoPrivateAddressWhereTheEnvironmentForbidsIt() {
        CommandRun run = CommandRun.with(
                Map.of("MIRROR_PRIVATE_ADDRESSES", "false"), "10.0.0.1/app:1", destination.authority() + "/app");

        assertThat(run.exit()).as(run.err()).isEqualTo(77);
        assertThat(run.destination(0).path("error").asText()).contains("a private address", "MIRROR_PRIVATE_ADDRESSES");
    }

    @Test
    void rejectsAnInvalidList() {
        CommandRun run = mirror(Map.of(LOOPBACK, "http://localhost"));

        assertThat(run.exit()).isEqualTo(64);
        assertThat(run.err()).contains(LOOPBACK);
    }

    @Test
    void skopeoIsNotStartedForWhatMayNotBeAsked() {
        CommandRun run = mirror(Map.of(LOOPBACK, "none", "MIRROR_ENGINE", "skopeo"));

        assertThat(run.exit()).as(run.err()).isEqualTo(77);
        assertThat(run.destination(0).path("reason").asText()).isEqualTo("SourceNotAllowed");
        assertThat(source.requests()).isEmpty();
    }

    @Test
    void showsNothingThatATokenEndpointAnswers() {
        source.fault(Fault.on("HEAD", ".*").always().then(Faults.challenge(source.url() + "/internal")));
        source.fault(Fault.on("GET", "/internal")
                .always()
                .then(Faults.answer(Response.text(403, "application/json", "{\"secret\":\"INTERNAL-BODY\"}"))));

        CommandRun run = CommandRun.with(
                Map.of("MIRROR_VERBOSE", "true"), source.reference("app", "1"), destination.authority() + "/app");

        assertThat(run.exit()).isEqualTo(77);
        assertThat(source.requests("GET", "/internal")).isNotEmpty();
        assertThat(run.out() + run.err()).doesNotContain("INTERNAL-BODY");
    }
}
