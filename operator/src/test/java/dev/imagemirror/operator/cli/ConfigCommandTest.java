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
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigCommandTest {
    @TempDir
    Path directory;

    private final Map<String, String> environment = new HashMap<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void showsValuesAndWhereTheyComeFrom() throws IOException {
        Path file = Files.writeString(directory.resolve("c.yaml"), "loop:\n  interval: 5m\n  workers: 4\n");
        environment.put("MIRROR_OPERATOR_CONFIG", file.toString());
        environment.put("MIRROR_OPERATOR_LOOP_WORKERS", "8");
        assertThat(run("config")).isEqualTo(Exit.OK);
        assertThat(out.toString(UTF_8))
                .contains("loop.interval: 5m  # " + file + ". ")
                .contains("loop.workers: 8  # MIRROR_OPERATOR_LOOP_WORKERS. ")
                .contains("tables.mirrors: ImageMirrorTable  # default. ");
    }

    @Test
    void optionWinsOverTheVariable() throws IOException {
        environment.put("MIRROR_OPERATOR_CONFIG", "/nonexistent");
        Path file = Files.writeString(directory.resolve("c.yaml"), "loop:\n  interval: 7m\n");
        assertThat(run("config", "--config", file.toString())).isEqualTo(Exit.OK);
        assertThat(out.toString(UTF_8)).contains("loop.interval: 7m  # " + file + ". ");
    }

    @Test
    void reportsUnknownVariablesWithoutTheirValues() {
        environment.put("MIRROR_OPERATOR_PASSWORD", "s3cret");
        assertThat(run("config")).isEqualTo(Exit.OK);
        assertThat(err.toString(UTF_8)).contains("MIRROR_OPERATOR_PASSWORD").doesNotContain("s3cret");
    }

    @Test
    void reportsEveryErrorAtOnceByItsKey() throws IOException {
        Path file = Files.writeString(
                directory.resolve("c.yaml"), "loop:\n  intervall: 5m\n  grace: 1s\nregistries: none\nlop: 1\n");
        environment.put("MIRROR_OPERATOR_JOBS_POLL", "soon");
        assertThat(run("config", "--config", file.toString())).isEqualTo(Exit.CONFIG);
        assertThat(err.toString(UTF_8))
                .contains(
                        file
                                + ": loop.intervall: unknown setting; expected one of loop.interval, loop.workers, loop.grace\n")
                .contains(file + ": lop: unknown setting; expected one of tables, loop, jobs, registries, ecr, ")
                .contains("loop.grace: '1s' (from " + file + ") is invalid; expected a duration of at least 1m")
                .contains("registries: expected a map of registries.")
                .contains("jobs.poll: 'soon' (from MIRROR_OPERATOR_JOBS_POLL) is invalid; expected a duration such as");
        assertThat(out.toString(UTF_8)).isEmpty();
    }

    private int run(String... arguments) {
        Context context = new Context(
                environment,
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                MutableClock.atSomeInstant(),
                new SplittableRandom(1),
                false);
        return new MirrorOperator(context).run(arguments);
    }
}
