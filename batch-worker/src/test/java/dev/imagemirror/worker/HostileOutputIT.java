package dev.imagemirror.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.image.Visible;
import dev.imagemirror.testing.HostileTexts;
import dev.imagemirror.testing.TestingRegistry;
import dev.imagemirror.testing.fault.Fault;
import dev.imagemirror.testing.fault.Faults;
import dev.imagemirror.testing.image.TestingImages;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Whatever arguments and registries say: standard error and the report have only what can be seen. */
class HostileOutputIT {
    @AutoClose
    private final TestingRegistry source = TestingRegistry.start();

    @AutoClose
    private final TestingRegistry destination = TestingRegistry.start();

    @Test
    void argumentsForgeNothing() {
        for (String text : HostileTexts.stored().toList()) {
            for (List<String> words : List.of(
                    List.of(text, "a.example/b:1"),
                    List.of("a.example/b:1", text),
                    List.of("--" + text, "a.example/b:1", "a.example/c:1"),
                    List.of("--engine=" + text, "a.example/b:1", "a.example/c:1"))) {
                CommandRun run = CommandRun.of(words.toArray(String[]::new));
                assertThat(run.exit()).isNotZero();
                assertVisible(run);
            }
        }
    }

    @Test
    void credentialsInArgumentsAreNotShown() {
        CommandRun run = CommandRun.of("bob:hunter2@host.example/x:1", "a.example/b:1");

        assertThat(run.exit()).isNotZero();
        assertThat(run.err() + run.out()).doesNotContain("hunter2").contains("host.example");
    }

    @Test
    void registriesForgeNothing() {
        TestingImages.small(1).putInto(source, "app", "1");
        for (String text : HostileTexts.stored().toList()) {
            destination.fault(Fault.on("*", ".*").always().then(Faults.status(403, "DENIED", text)));

            CommandRun run = CommandRun.of(source.reference("app", "1"), destination.reference("app", "1"));

            assertThat(run.destination(0).path("outcome").asText()).isEqualTo("failed");
            assertVisible(run);
        }
    }

    private static void assertVisible(CommandRun run) {
        String output = run.out() + run.err();
        assertThat(output).isEqualTo(Visible.lines(output));
        assertThat(output.lines()).noneMatch(line -> line.startsWith("forged"));
    }
}
