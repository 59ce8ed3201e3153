package dev.imagemirror.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.registry.model.ErrorKind;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/worker.md names every option, variable, exit code and reason of the command. */
class WorkerPageTest {
    private static final List<String> USUAL = List.of("--help", "--version");

    private final String page = Files.readString(Path.of("../docs/worker.md"));
    private final String help = CommandRun.of("--help").out();

    WorkerPageTest() throws IOException {}

    private List<String> inHelp(String pattern) {
        return Pattern.compile(pattern)
                .matcher(help)
                .results()
                .map(MatchResult::group)
                .distinct()
                .filter(name -> !USUAL.contains(name))
                .toList();
    }

    @Test
    void everyOptionStandsInItsTable() {
        assertThat(inHelp("--[a-z]+(-[a-z]+)*"))
                .hasSizeGreaterThan(8)
                .allSatisfy(option -> assertThat(page).containsPattern("(?m)^\\| .*`" + option + "[ `]"));
    }

    @Test
    void everyVariableStandsInItsTable() {
        assertThat(inHelp("MIRROR_[A-Z_]*[A-Z]"))
                .hasSizeGreaterThan(8)
                .allSatisfy(variable -> assertThat(page).containsPattern("(?m)^\\| .*`" + variable + "[=`]"));
    }

    @Test
    void everyExitCodeStandsInItsTable() throws IllegalAccessException {
        for (Field code : ExitCode.class.getFields()) {
            assertThat(page).containsPattern("(?m)^\\| " + code.getInt(null) + " \\| ");
        }
    }

    /** An address that is not allowed is always said to be the source's or a destination's. */
    @Test
    void everyReasonStandsInIt() {
        for (ErrorKind kind : EnumSet.complementOf(EnumSet.of(ErrorKind.NOT_ALLOWED))) {
            assertThat(page).contains("`" + kind.reason() + "`");
        }
    }
}
