package dev.imagemirror.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.testing.TestingRegistry;
import dev.imagemirror.testing.image.TestingImages;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A signal that comes while the command is still setting itself up. */
class EarlyStopIT {
    @AutoClose
    private final TestingRegistry source = TestingRegistry.start();

    @AutoClose
    private final TestingRegistry destination = TestingRegistry.start();

    @AfterEach
    void stop() {
        Thread.interrupted(); // the command's way to stop its thread, which is this one
    }

    @Test
    void isNotLost() {
        TestingImages.small(1).putInto(source, "app", "1");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        MirrorCommand command =
                new MirrorCommand(Map.of(), new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));

        command.stop();
        int exit = command.run(source.reference("app", "1"), destination.reference("app", "1"));

        CommandRun run = new CommandRun(exit, out.toString(UTF_8), err.toString(UTF_8));
        assertThat(run.exit()).as(run.err()).isEqualTo(69);
        assertThat(run.destination(0).path("reason").asText()).isEqualTo("Temporary");
        assertThat(destination.content().repositories()).isEmpty();
    }
}
