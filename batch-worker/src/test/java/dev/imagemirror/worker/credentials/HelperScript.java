package dev.imagemirror.worker.credentials;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

/** Credential helpers that are shell scripts in a directory of their own; they keep a record of their calls. */
public final class HelperScript {
    private final Path directory;

    private HelperScript(Path directory) {
        this.directory = directory;
    }

    /** Writes {@code docker-credential-NAME}, whose {@code $server} is what it was asked for. */
    public static HelperScript write(Path directory, String name, String... lines) throws IOException {
        String script = """
                #!/bin/sh
                read -r server
                echo "$0 $* $server" | sed 's/.*docker-credential-//' >> "$(dirname "$0")/calls"
                """ + String.join("\n", lines) + "\n";
        Path file = Files.writeString(directory.resolve("docker-credential-" + name), script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        return new HelperScript(directory);
    }

    /** Writes one that answers user and secret. */
    public static HelperScript answering(Path directory, String name, String user, String secret) throws IOException {
        String answer =
                "{\"ServerURL\":\"%s\",\"Username\":\"%s\",\"Secret\":\"%s\"}".formatted("$server", user, secret);
        return write(directory, name, "cat <<END", answer, "END");
    }

    /** An environment in which it is found. */
    public Map<String, String> environment() {
        return Map.of("PATH", directory + ":/usr/local/bin:/usr/bin:/bin");
    }

    /** {@code NAME get SERVER} of each call. */
    public List<String> calls() throws IOException {
        Path calls = directory.resolve("calls");
        return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
    }
}
