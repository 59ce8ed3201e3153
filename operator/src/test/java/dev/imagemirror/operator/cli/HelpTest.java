package dev.imagemirror.operator.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.operator.program.Context;
import dev.imagemirror.operator.program.Exit;
import dev.imagemirror.testing.MutableClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class HelpTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final MirrorOperator program = new MirrorOperator(new Context(
            Map.of(),
            new PrintStream(out, true, UTF_8),
            System.err,
            MutableClock.atSomeInstant(),
            new SplittableRandom(1),
            false));

    @Test
    void everyCommandHasValidExamples() {
        CommandLine line = program.commandLine();
        assertThat(line.getSubcommands()).hasSizeGreaterThan(10).allSatisfy((name, command) -> {
            String help = command.getUsageMessage(CommandLine.Help.Ansi.OFF);
            assertThat(help).contains("Examples:\n", "Exit codes:\n", " 64 ", "mirror-operator " + name);
            assertThat(Examples.of(name)).as(name).isNotEmpty();
            for (String example : Examples.of(name)) {
                assertThat(example).startsWith(name);
                line.parseArgs(example.split(" ", -1));
            }
        });
    }

    @Test
    void theListOfCommandsHasALineForEach() {
        assertThat(program.run("--help")).isEqualTo(Exit.OK);
        assertThat(out.toString(UTF_8)
                        .lines()
                        .dropWhile(line -> !line.equals("Commands:"))
                        .skip(1)
                        .takeWhile(line -> !line.isEmpty()))
                .hasSameSizeAs(program.commandLine().getSubcommands().keySet());
    }

    @Test
    void aCommandListsTheExitCodesThatItCanGive() {
        assertThat(codes("status"))
                .containsEntry("0", "done")
                .containsEntry("1", "done; a pair is blocked")
                .containsOnlyKeys("0", "1", "64", "66", "69", "70", "74", "78", "141");
        assertThat(codes("explain")).doesNotContainKeys("1", "65");
        assertThat(codes("validate")).containsKeys("65", "66").doesNotContainKeys("1", "69", "78");
        assertThat(codes("completion")).containsOnlyKeys("0", "64", "70", "74", "141");
        assertThat(codes("run")).containsOnlyKeys("64", "66", "69", "70", "78", "130", "143");
    }

    private Map<String, String> codes(String command) {
        return program.commandLine()
                .getSubcommands()
                .get(command)
                .getCommandSpec()
                .usageMessage()
                .exitCodeList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "run", "completion"})
    void helpNeedsNoConfigurationAndFitsAHundredColumns(String command) {
        assertThat(program.run(command, "--help")).isEqualTo(Exit.OK);
        assertThat(out.toString(UTF_8).lines()).allMatch(line -> line.length() <= 100);
    }

    @Test
    void bashCompletesCommandsAndOptionsByTheScript(@TempDir Path directory) throws IOException, InterruptedException {
        assertThat(program.run("completion")).isEqualTo(Exit.OK);
        Path script = Files.write(directory.resolve("completion"), out.toByteArray());
        assertThat(completions(script, "mirror-operator sta", 1)).contains("status");
        assertThat(completions(script, "mirror-operator status --wa", 2)).contains("--watch");
        assertThat(completions(script, "mirror-operator status -o w", 3)).contains("wide");
        assertThat(completions(script, "mirror-operator status --state Bl", 3)).contains("Blocked");
    }

    private static String completions(Path script, String line, int word) throws IOException, InterruptedException {
        String commands = ". " + script + "; COMP_WORDS=(" + line + "); COMP_CWORD=" + word + "; COMP_LINE='" + line
                + "'; COMP_POINT=" + line.length() + "; _complete_mirror-operator; echo \"${COMPREPLY[@]}\"";
        Process bash = new ProcessBuilder("bash", "-c", commands)
                .redirectErrorStream(true)
                .start();
        String answer = new String(bash.getInputStream().readAllBytes(), UTF_8);
        bash.waitFor();
        return answer;
    }
}
