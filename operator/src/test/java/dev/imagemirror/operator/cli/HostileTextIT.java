package dev.imagemirror.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.imagemirror.image.Visible;
import dev.imagemirror.operator.program.Exit;
import dev.imagemirror.testing.HostileTexts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Whatever rows, files and command lines contain, the output has visible characters only, and no line is forged. */
@Timeout(120)
class HostileTextIT {
    private static final String POLICY = """
            apiVersion: imagemirror.dev/v1alpha1
            kind: MirrorPolicy
            metadata: {name: a}
            spec: {mirrors: [{source: %s, destinations: [%s]}]}
            """;

    @AutoClose
    private final TestingCommands commands = new TestingCommands();

    @Test
    void noCommandPrintsInvisibleCharacters(@TempDir Path files) throws IOException {
        List<String> texts = HostileTexts.stored().toList();
        texts.forEach(text -> putRow(text, text));
        Path policy = files.resolve("policy.yaml");
        String quoted = new ObjectMapper().writeValueAsString(texts.get(0));
        Files.writeString(policy, POLICY.formatted(quoted, quoted));

        for (String line : List.of(
                "status",
                "status -o wide",
                "status -o json",
                "status -o yaml",
                "status --state Blocked",
                "export",
                "config",
                "doctor")) {
            run(Exit.OK, line.split(" "));
        }
        run(Exit.SOME_FAILED, "plan");
        run(Exit.SOME_FAILED, "once");
        for (String command : List.of("validate", "diff", "apply")) {
            run(Exit.DATA, command, "-f", policy.toString());
        }
        for (String text : texts) {
            run(Exit.OK, "explain", text);
            run(Exit.SOME_FAILED, "plan", text);
            run(Exit.SOME_FAILED, "sync", text);
            run(Exit.SOME_FAILED, "status", text);
            run(Exit.USAGE, "status", "-o", text);
            run(Exit.USAGE, "nonsense", text);
            run(Exit.USAGE, "--config", text);
            run(Exit.USAGE, text);
        }
    }

    @Test
    void noCommandPrintsInvisibleCharactersOnATerminal() {
        HostileTexts.stored().forEach(text -> putRow(text, text));
        commands.onTerminal(100);
        for (String line : List.of("status", "status -o wide", "doctor")) {
            assertThat(commands.run(line.split(" "))).as(line).isEqualTo(Exit.OK);
            assertThatAllIsVisible(commands.out().replaceAll("\u001b\\[(0|31|32|33)m", ""));
            assertThat(commands.out().lines().filter(out -> out.contains("\u001b[31m")))
                    .allMatch(out -> out.indexOf("\u001b[0m") > 0);
        }
    }

    @Test
    void redrawingATerminalPrintsNoInvisibleCharacters() throws InterruptedException {
        HostileTexts.stored().forEach(text -> putRow(text, text));
        commands.onTerminal(100);
        Thread watch = new Thread(() -> commands.run("status", "--watch", "--every", "100ms"));
        watch.start();
        try {
            await().untilAsserted(() -> assertThat(commands.out()).contains("\u001b[J\u001b[H"));
        } finally {
            watch.interrupt();
            watch.join();
        }

        String drawn = commands.out().replaceAll("\u001b\\[(H|J|K(?=\n)|(0|31|32|33)m)", "");
        assertThatAllIsVisible(drawn);
        assertThat(drawn.lines()).noneMatch(line -> line.startsWith("forged"));
    }

    @Test
    void statusPrintsOneLinePerRow() {
        HostileTexts.stored().forEach(text -> putRow(text, "host.example/a:1"));
        int rows = (int) HostileTexts.stored().count();

        assertThat(commands.run("status")).isEqualTo(Exit.OK);
        assertThat(commands.lines().stream().filter(line -> line.startsWith("evil")))
                .hasSize(rows);
        assertThat(commands.lines()).noneMatch(line -> line.startsWith("forged"));
        int column = commands.lines().get(0).indexOf("READY");
        assertThat(commands.lines().stream().filter(line -> line.startsWith("evil")))
                .allMatch(line -> line.startsWith("Unknown", column));
    }

    @Test
    void anEntryIsFoundByTheNameThatIsPrinted() {
        HostileTexts.stored().forEach(text -> putRow(text, "host.example/a:1"));
        HostileTexts.stored().forEach(text -> {
            assertThat(commands.run("explain", text)).isEqualTo(Exit.OK);
            assertThat(commands.run("explain", Visible.of(text))).isEqualTo(Exit.OK);
        });
    }

    @Test
    void theWebServerSendsNoInvisibleCharacters() throws InterruptedException {
        HostileTexts.stored().forEach(text -> putRow(text, text));
        TestingRun run = new TestingRun(commands).start();
        try {
            await().ignoreExceptions()
                    .untilAsserted(
                            () -> assertThat(run.get("/api/v1/mirrors").body()).contains("Invalid", "\\u202e"));
            for (String path :
                    List.of("/api/v1/mirrors", "/api/v1/overview", "/metrics", "/readyz", "/api/v1/%1b%e2%80%ae")) {
                assertThatAllIsVisible(run.get(path).body());
            }
        } finally {
            run.stop();
        }
        assertThatAllIsVisible(commands.out() + commands.err());
    }

    @Test
    void credentialsInARowAreNeverShownAndMakeItInvalid() {
        commands.putRow("bob:hunter2@host.example/x:1", "https://ann:hunter2@host.example/y:1");
        assertNeverShown("hunter2");
        runWithout(Exit.OK, "explain bob:hunter2@host.example/x:1", "hunter2");
        runWithout(Exit.NOT_FOUND, "explain bob:hunter2@host.example/none", "hunter2");
        runWithout(Exit.OK, "explain [hidden]@host.example/x:1", "hunter2");
        assertThat(commands.out()).contains("credentials do not belong in a reference");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bob:hun ter2@host.example/x:1",
                "bob:hun,ter2@host.example/x:1",
                "bob:hun, ter2@host.example/x:1",
                "\"bob:hun\"ter2@host.example/x:1",
                "bob:hun'ter2@host.example/x:1"
            })
    void passwordsWithBlanksCommasAndQuotesAreNeverShown(String reference) throws InterruptedException {
        commands.putRow(reference, reference);
        commands.putRow("a.example/b:1", reference);
        commands.putRow(
                "a.example/c:1", Map.of("Destination", AttributeValue.fromL(List.of(AttributeValue.fromS(reference)))));
        assertNeverShown("hun", "ter2");
        for (String key : List.of("a.example/b:1", "a.example/c:1", "[hidden]@host.example/x:1")) {
            runWithout(Exit.OK, "explain " + key, "hun", "ter2");
            assertThat(commands.out()).contains("credentials do not belong in a reference");
        }
        TestingRun run = new TestingRun(commands).start();
        try {
            await().ignoreExceptions()
                    .untilAsserted(
                            () -> assertThat(run.get("/api/v1/mirrors").body()).contains("[hidden]@host.example/x:1"));
            assertThat(run.get("/api/v1/mirrors").body()).doesNotContain("hun", "ter2");
        } finally {
            run.stop();
        }
    }

    private void assertNeverShown(String... secrets) {
        for (String line :
                List.of("status", "status -o wide", "status -o json", "status -o yaml", "export", "doctor")) {
            runWithout(Exit.OK, line, secrets);
        }
        runWithout(Exit.SOME_FAILED, "plan", secrets);
        runWithout(Exit.SOME_FAILED, "once", secrets);
        runWithout(Exit.SOME_FAILED, "sync [hidden]@host.example/x:1", secrets);
    }

    private void runWithout(int exit, String line, String... secrets) {
        assertThat(commands.run(line.split(" "))).as(line).isEqualTo(exit);
        assertThat(commands.out() + commands.err()).as(line).doesNotContain(secrets);
    }

    private void putRow(String key, String text) {
        AttributeValue value = AttributeValue.fromS(text);
        commands.putRow(
                key, Map.of("Destination", value, "ManagedBy", value, "Tags", value, "Interval", value, text, value));
    }

    private void run(int exit, String... words) {
        assertThat(commands.run(words))
                .as(() -> Visible.of(String.join(" ", words)))
                .isEqualTo(exit);
        assertThatAllIsVisible(commands.out());
        assertThatAllIsVisible(commands.err());
        assertThat((commands.out() + commands.err()).lines()).noneMatch(line -> line.startsWith("forged"));
    }

    private static void assertThatAllIsVisible(String text) {
        assertThat(text.codePoints().filter(codePoint -> codePoint != '\n').filter(Visible::isHidden))
                .as(() -> Visible.lines(text))
                .isEmpty();
    }
}
