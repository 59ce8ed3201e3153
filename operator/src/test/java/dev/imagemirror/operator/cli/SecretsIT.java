package dev.imagemirror.operator.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import dev.imagemirror.operator.program.Exit;
import dev.imagemirror.operator.testing.TestingLog;
import dev.imagemirror.testing.TestingAws;
import dev.imagemirror.testing.TestingRegistry;
import dev.imagemirror.testing.image.TestingImages;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Passwords of registries and proxies, and AWS's key: used, and never shown, though nothing takes them out. */
@Timeout(120)
class SecretsIT {
    private static final String PASSWORD = "hunter2-registry";
    private static final String PROXY_PASSWORD = "hunter2-proxy";
    private static final String LOGIN = Base64.getEncoder().encodeToString(("anna:" + PASSWORD).getBytes(UTF_8));
    private static final String PARAMETER = "/mirror/auth";

    @AutoClose
    private final TestingLog log =
            TestingLog.of("dev.imagemirror").from(Level.TRACE).quietly();

    @AutoClose
    private final TestingCommands commands = new TestingCommands();

    @AutoClose
    private final TestingAws parameters = TestingAws.start();

    @AutoClose
    private final TestingRegistry registry =
            TestingRegistry.builder().basicAuth("anna", PASSWORD).start();

    private final String source = registry.reference("team/app", "1");

    @BeforeEach
    void begin() {
        commands.aws.endpoint("Ssm", parameters.url());
        commands.environment.put("CONTAINER_AUTH_PARAMETER", PARAMETER);
        commands.environment.put("HTTPS_PROXY", "http://anna:" + PROXY_PASSWORD + "@127.0.0.1:1");
        commands.environment.put("MIRROR_OPERATOR_LOOP_INTERVAL", "1s");
        parameter(auth -> auth);
        TestingImages.small(1).putInto(registry, "team/app", "1");
        commands.putRow(source, registry.reference("copy/app", "1"));
        commands.putRow("quay.example/behind/proxy:1", registry.reference("copy/other", "1"));
    }

    @Test
    void commandsNeverPrintSecrets() {
        List<String> shown = new ArrayList<>();
        for (String line : List.of("config", "doctor", "plan", "once", "status -o json", "explain " + source)) {
            commands.run(line.split(" "));
            shown.add(commands.out() + commands.err());
        }

        assertThat(registry.content().tagDigest("copy/app", "1")).as("used").isPresent();
        assertThat(shown.get(1)).contains("as user anna", "registry quay.example");
        assertThat(shown).allSatisfy(SecretsIT::assertIsClean);
        assertThatTheLogIsClean();
    }

    @Test
    void serviceLogsAndPagesNeverContainSecrets() throws InterruptedException {
        TestingRun run = new TestingRun(commands).start();
        try {
            // there is no pair at first
            await().ignoreExceptions()
                    .untilAsserted(() ->
                            assertThat(commands.pair(source).state().word()).isEqualTo("InSync"));
            for (String path : List.of("/api/v1/mirrors", "/api/v1/overview", "/metrics", "/")) {
                assertIsClean(run.get(path).body());
            }
        } finally {
            run.stop();
        }
        assertThat(messages()).as("at DEBUG").anyMatch(message -> message.contains("GET"));
        assertIsClean(commands.out() + commands.err());
        assertThatTheLogIsClean();
    }

    @Test
    void reportsAnInvalidSecretWithoutPrintingIt() {
        parameter(auth -> auth.substring(1));

        assertThat(commands.run("doctor")).isEqualTo(Exit.SOME_FAILED);
        assertThat(commands.out()).contains("cannot get its credentials").contains(PARAMETER);
        assertIsClean(commands.out() + commands.err());
        assertThat(commands.run("once")).isEqualTo(Exit.SOME_FAILED);
        assertIsClean(commands.out() + commands.err());
        assertThatTheLogIsClean();
    }

    private void parameter(UnaryOperator<String> change) {
        String auth = "{'auths':{'" + registry.authority() + "':{'auth':'" + LOGIN + "'}}}";
        String quoted = change.apply(auth).replace("'", "\\\"");
        parameters.on("GetParameter", call -> "{\"Parameter\":{\"Value\":\"" + quoted + "\"}}");
    }

    private void assertThatTheLogIsClean() {
        messages().forEach(SecretsIT::assertIsClean);
    }

    private List<String> messages() {
        List<String> messages = new ArrayList<>();
        for (ILoggingEvent event : log.events()) {
            messages.add(event.getFormattedMessage() + event.getMDCPropertyMap());
            for (IThrowableProxy e = event.getThrowableProxy(); e != null; e = e.getCause()) {
                messages.add(String.valueOf(e.getMessage()));
            }
        }
        return messages;
    }

    private static void assertIsClean(String text) {
        assertThat(text).doesNotContain(PASSWORD, PROXY_PASSWORD, LOGIN, "testing-secret");
    }
}
