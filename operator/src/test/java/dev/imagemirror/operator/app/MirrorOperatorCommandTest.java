package dev.imagemirror.operator.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class MirrorOperatorCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine command = new CommandLine(new MirrorOperatorCommand())
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));

    @Test
    void versionNamesTheCommand() {
        assertThat(command.execute("--version")).isZero();
        assertThat(out.toString()).startsWith("mirror-operator ");
    }

    @Test
    void helpSaysWhichCommandsAreStillToCome() {
        assertThat(command.execute("--help")).isZero();
        assertThat(out.toString()).contains("no commands yet", "run ", "once ", "sync ", "apply, diff, export");
    }

    @Test
    void doingNothingIsAUsageErrorRatherThanASilentSuccess() {
        assertThat(command.execute()).isEqualTo(64);
        assertThat(err.toString()).contains("no commands yet", "Usage: mirror-operator");
    }

    @Test
    void anUnknownArgumentIsAUsageErrorThatNamesIt() {
        assertThat(command.execute("frobnicate")).isEqualTo(64);
        assertThat(err.toString()).contains("frobnicate");
    }
}
