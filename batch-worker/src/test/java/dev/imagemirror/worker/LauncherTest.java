package dev.imagemirror.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell script that starts the command, with a Java that only says how it was called. */
class LauncherTest {
    private static final Path SCRIPT = Path.of("src/main/sh/mirror");

    @TempDir
    private Path directory;

    private Path home;
    private Path launcher;
    private Path javaHome;

    @BeforeEach
    void install() throws IOException {
        home = Files.createDirectories(directory.resolve("a place/with spaces"));
        Files.createDirectories(home.resolve("lib"));
        Files.createFile(home.resolve("lib/mirror.jar"));
        Files.createDirectories(home.resolve("bin"));
        launcher = Files.copy(SCRIPT, home.resolve("bin/mirror"));
        executable(launcher);
        javaHome = Files.createDirectories(directory.resolve("my java"));
        executable(Files.writeString(
                Files.createDirectories(javaHome.resolve("bin")).resolve("java"),
                "#!/bin/sh\nfor word; do printf '%s\\n' \"$word\"; done\nexit 42\n"));
    }

    @Test
    void findsItsJarInAPathWithSpacesAndPassesTheWordsOn() throws Exception {
        CommandRun run = run(javaHome, launcher.toString(), "--quiet", "a b", "c*", "");

        assertThat(run.exit()).as(run.err()).isEqualTo(42);
        assertThat(words(run))
                .endsWith("-jar", launcher.getParent() + "/../lib/mirror.jar", "--quiet", "a b", "c*", "");
    }

    @Test
    void findsItsJarThroughSymbolicLinks() throws Exception {
        Path links = Files.createDirectories(directory.resolve("links here"));
        Files.createSymbolicLink(links.resolve("absolute"), launcher);
        Files.createSymbolicLink(links.resolve("relative"), Path.of("../a place/with spaces/bin/mirror"));
        Files.createSymbolicLink(links.resolve("twice"), Path.of("relative"));

        for (String link : List.of("absolute", "relative", "twice")) {
            CommandRun run = run(javaHome, links.resolve(link).toString());

            assertThat(run.exit()).as(run.err()).isEqualTo(42);
            String jar = words(run).get(words(run).size() - 1);
            assertThat(Path.of(jar).toRealPath())
                    .as(link)
                    .isEqualTo(home.resolve("lib/mirror.jar").toRealPath());
        }
    }

    @Test
    void findsItsJarWhenStartedFromItsOwnDirectory() throws Exception {
        ProcessBuilder command =
                command(javaHome, "sh", "mirror").directory(launcher.getParent().toFile());

        CommandRun run = MirrorProcess.run(directory, command);

        assertThat(run.exit()).as(run.err()).isEqualTo(42);
        assertThat(words(run)).endsWith("-jar", "../lib/mirror.jar");
    }

    @Test
    void runsFromTheLayersOfAContainerImage() throws Exception {
        Files.delete(home.resolve("lib/mirror.jar"));

        CommandRun run = run(javaHome, launcher.toString(), "--help");

        assertThat(words(run))
                .endsWith("-cp", "@" + launcher.getParent() + "/../jib-classpath-file", Main.class.getName(), "--help");
    }

    @Test
    void usesTheArchiveOfSharedClassesIfThereIsOne() throws Exception {
        Path archive = Files.createFile(home.resolve("lib/mirror.jsa"));

        CommandRun run = run(javaHome, launcher.toString());

        assertThat(words(run))
                .contains("-XX:SharedArchiveFile=" + launcher.getParent() + "/../lib/" + archive.getFileName());
    }

    @Test
    void letsTheUserAddOptionsAfterItsOwn() throws Exception {
        ProcessBuilder command = command(javaHome, launcher.toString());
        command.environment().put("MIRROR_JAVA_OPTS", "-Xmx256m -Da=b");

        assertThat(words(MirrorProcess.run(directory, command)))
                .containsSubsequence("-Xmx64m", "-Xmx256m", "-Da=b", "-jar");
    }

    @Test
    void exits70WithoutJava() throws Exception {
        ProcessBuilder command = command(null, launcher.toString(), "a", "b");
        command.environment().put("PATH", directory.toString());

        CommandRun run = MirrorProcess.run(directory, command);

        assertThat(run.exit()).isEqualTo(70);
        assertThat(run.err()).contains("Java not found ('java')", "install Java 17", "JAVA_HOME");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void exits70IfJavaHomeHasNone() throws Exception {
        CommandRun run = run(directory.resolve("nowhere"), launcher.toString());

        assertThat(run.exit()).isEqualTo(70);
        assertThat(run.err()).contains(directory.resolve("nowhere") + "/bin/java");
    }

    private CommandRun run(Path java, String... words) throws IOException, InterruptedException {
        return MirrorProcess.run(directory, command(java, words));
    }

    private static ProcessBuilder command(Path java, String... words) {
        ProcessBuilder command = new ProcessBuilder(words);
        Map<String, String> environment = command.environment();
        environment.remove("JAVA_HOME");
        environment.remove("MIRROR_JAVA_OPTS");
        if (java != null) {
            environment.put("JAVA_HOME", java.toString());
        }
        return command;
    }

    private static List<String> words(CommandRun run) {
        List<String> lines = new ArrayList<>(List.of(run.out().split("\n", -1)));
        lines.remove(lines.size() - 1); // after the last line's end
        return lines;
    }

    private static void executable(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
