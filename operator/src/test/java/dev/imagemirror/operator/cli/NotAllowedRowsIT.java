package dev.imagemirror.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.operator.program.Exit;
import dev.imagemirror.operator.testing.TestingBatchServer;
import dev.imagemirror.testing.TestingRegistry;
import dev.imagemirror.testing.fault.Fault;
import dev.imagemirror.testing.fault.Faults;
import dev.imagemirror.testing.http.Response;
import dev.imagemirror.testing.image.TestingImages;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Rows whose registries the configuration does not allow to be asked. */
@Timeout(120)
class NotAllowedRowsIT extends CommandsWithRegistries {
    private static final String LOOPBACK = "MIRROR_OPERATOR_REGISTRIES_LOOPBACK";

    @AutoClose
    private final TestingRegistry inside = TestingRegistry.start();

    @BeforeEach
    void fill() {
        TestingImages.small(1).putInto(from, "team/app", "1");
        TestingImages.small(2).putInto(inside, "team/app", "1");
        commands.environment.put(LOOPBACK, from.authority() + "," + to.authority());
    }

    private String explained(String source) {
        commands.run("explain", source);
        return commands.out();
    }

    @Test
    void areBlockedWithoutARequestAndDoNotHoldUpOtherRows() {
        String source = inside.reference("team/app", "1");
        String copy = from.reference("team/app", "1");
        commands.putRow(source, to.reference("copy/inside", "1"));
        commands.putRow(copy, inside.reference("copy/app", "1") + "," + to.reference("copy/app", "1"));

        assertThat(commands.run("once")).isEqualTo(Exit.SOME_FAILED);

        assertThat(to.content().tagDigest("copy/app", "1")).isPresent();
        assertThat(to.content().tagDigest("copy/inside", "1")).isEmpty();
        assertThat(inside.requests()).isEmpty();
        assertThat(explained(source))
                .contains("Blocked", "SourceNotAllowed", "a loopback address", "registries.loopback");
        assertThat(explained(copy)).contains("InSync", "Blocked", "DestinationNotAllowed", inside.authority());
    }

    @Test
    void areCopiedOnceTheSettingListsTheirHosts() {
        commands.putRow(inside.reference("team/app", "1"), to.reference("copy/inside", "1"));
        commands.run("once");
        commands.environment.put(LOOPBACK, "127.0.0.1");

        assertThat(commands.run("once")).as(commands.err()).isEqualTo(Exit.OK);

        assertThat(to.content().tagDigest("copy/inside", "1")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254/latest/meta-data:1",
                "0.0.0.0:5000/app:1",
                "[::ffff:169.254.169.254]/app:1",
                "[fd00:ec2::254]/app:1",
                "100.100.100.200/app:1",
                "localhost:1/app:1"
            })
    void nameNoAddressThatIsNeverAsked(String source) {
        commands.environment.put(LOOPBACK, "169.254.169.254,0.0.0.0,[fd00:ec2::254]," + to.authority());
        commands.putRow(source, to.reference("copy/app", "1"));

        assertThat(commands.run("once")).isEqualTo(Exit.SOME_FAILED);

        assertThat(explained(source)).contains("Blocked", "SourceNotAllowed");
    }

    @Test
    void areBlockedAsAWholeIfTheySelectTags() {
        commands.putRow(
                inside.authority() + "/team/app",
                Map.of(
                        "Destination", AttributeValue.fromS(to.authority() + "/copy/app"),
                        "Tags", AttributeValue.fromM(Map.of("Latest", AttributeValue.fromN("3")))));

        assertThat(commands.run("once")).isEqualTo(Exit.SOME_FAILED);
        assertThat(commands.run("status")).isEqualTo(Exit.SOME_FAILED);

        assertThat(commands.out()).contains("SourceNotAllowed", "registries.loopback");
        assertThat(inside.requests()).isEmpty();
    }

    @Test
    void areForbiddenPrivateAddressesIfASettingSaysSo() {
        commands.environment.put("MIRROR_OPERATOR_REGISTRIES_PRIVATE_ADDRESSES", "false");
        commands.putRow("10.0.0.1/app:1", to.reference("copy/app", "1"));

        commands.run("once");

        assertThat(explained("10.0.0.1/app:1"))
                .contains("SourceNotAllowed", "a private address", "registries.privateAddresses");
    }

    @ParameterizedTest
    @CsvSource({"true, ''", "false, false"})
    void areForbiddenToJobsThatConnectByThemselvesToo(String allowed, String variable) {
        String source = from.reference("team/app", "1");
        try (TestingBatchServer batch = new TestingBatchServer(job -> {})) {
            commands.environment.put("MIRROR_OPERATOR_REGISTRIES_PRIVATE_ADDRESSES", allowed);
            commands.environment.put("MIRROR_OPERATOR_JOBS_MODE", "batch");
            commands.aws.endpoint("Batch", batch.url()).endpoint("CloudWatchLogs", batch.url());
            commands.putRow(source, to.reference("copy/app", "1"));

            commands.run("once");

            assertThat(batch.jobs())
                    .singleElement()
                    .extracting(job -> job.variable("MIRROR_PRIVATE_ADDRESSES"))
                    .isEqualTo(variable);
        }
    }

    @Test
    void areNamedByDoctorWithTheSetting() {
        commands.putRow(inside.reference("team/app", "1"), to.reference("copy/app", "1"));

        assertThat(commands.run("doctor")).isEqualTo(Exit.SOME_FAILED);

        assertThat(commands.out())
                .contains("FAIL  registry " + inside.authority() + ": not allowed: ")
                .contains("registries.loopback");
        assertThat(inside.requests()).isEmpty();
    }

    @Test
    void neverRevealTheResponseOfARealm() {
        from.fault(Fault.on("HEAD", ".*").always().then(Faults.challenge(inside.url() + "/x")));
        String body = "{\"secret\":\"INTERNAL-BODY\"}";
        inside.fault(Fault.on("GET", "/x").always().then(Faults.answer(Response.text(403, "application/json", body))));
        String source = from.reference("team/app", "1");
        commands.putRow(source, to.reference("copy/app", "1"));

        for (String listed : new String[] {from.authority() + "," + to.authority(), "127.0.0.1"}) {
            commands.environment.put(LOOPBACK, listed);
            commands.run("once");
            String shown = commands.out() + commands.err();
            shown += explained(source) + commands.err();
            assertThat(shown).doesNotContain("INTERNAL-BODY");
            assertThat(inside.requests().isEmpty()).isEqualTo(!listed.equals("127.0.0.1"));
        }
        assertThat(commands.statusItems().toString()).doesNotContain("INTERNAL-BODY");
    }
}
