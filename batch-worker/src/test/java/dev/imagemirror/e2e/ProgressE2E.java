package dev.imagemirror.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Progress on a real terminal (the pseudo-terminal of util-linux' script), and elsewhere. */
class ProgressE2E {
    private static final Pattern TOTAL =
            Pattern.compile("total +\\d+% \\[[=> ]*] [\\d/]+MiB \\([^)]+ / [^)]+\\) +[^\\r]*MiB/s");
    private static final Pattern BLOB = Pattern.compile("[0-9a-f]{12} +\\d+% \\[[=> ]*]");

    @TempDir
    static Path directory;

    @AutoClose
    private static DockerRegistryProcess source;

    @AutoClose
    private static DockerRegistryProcess destination;

    private static String image;

    @BeforeAll
    static void startRegistries() throws IOException, InterruptedException {
        Peers.require("docker-registry", "script");
        source = DockerRegistryProcess.start(directory.resolve("source"));
        destination = DockerRegistryProcess.start(directory.resolve("destination"));
        image = BigImage.push(source, "big:1");
    }

    @Test
    void showsABarForEachBlobAndATotalOnATerminal() throws IOException, InterruptedException {
        Peers.Result result = onATerminal(Peers.launcher(), image, destination.reference("seen/big:1"));

        assertThat(result.exit()).as(result.output()).isZero();
        assertThat(TOTAL.matcher(result.output()).results().count())
                .as("states of the total in %s", result.output())
                .isGreaterThan(1);
        assertThat(BLOB.matcher(result.output())
                        .results()
                        .map(bar -> bar.group().substring(0, 12))
                        .distinct())
                .as("bars in %s", result.output())
                .hasSize(BigImage.BLOBS);
        assertThat(result.output())
                .contains(destination.reference("seen/big:1") + " copied: ")
                .doesNotContain("WARNING");
    }

    @Test
    void showsNoBarOnATerminalIfQuiet() throws IOException, InterruptedException {
        Peers.Result result = onATerminal(Peers.launcher(), "--quiet", image, destination.reference("quiet/big:1"));

        assertThat(result.exit()).as(result.output()).isZero();
        assertThat(result.output().lines()).singleElement().asString().startsWith("MIRROR-REPORT ");
    }

    @Test
    void writesPlainLinesElsewhere() throws IOException, InterruptedException {
        Peers.Result result = Peers.mirror(image, destination.reference("plain/big:1"));

        assertThat(result.exit()).as(result.output()).isZero();
        assertThat(result.output())
                .contains(destination.reference("plain/big:1") + " copied: ")
                .doesNotContain("\r", "\u001b", "total ");
    }

    private static Peers.Result onATerminal(String... words) throws IOException, InterruptedException {
        String command = "stty rows 40 cols 120; " + String.join(" ", quoted(words));
        return Peers.run(List.of(
                "script", "-qec", command, directory.resolve("typescript").toString()));
    }

    private static List<String> quoted(String... words) {
        return List.of(words).stream().map(word -> "'" + word + "'").toList();
    }
}
