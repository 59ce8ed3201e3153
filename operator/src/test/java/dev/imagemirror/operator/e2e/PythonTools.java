package dev.imagemirror.operator.e2e;

import dev.imagemirror.e2e.Peers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds moto and the AWS CLI: on the path, or where {@code .ci/install-peers} puts them. */
final class PythonTools {
    private PythonTools() {}

    /** Skips the test, saying what is missing, or fails it where {@code CI} is set. */
    static void require(String... programs) {
        List<String> missing =
                Stream.of(programs).filter(program -> find(program).isEmpty()).toList();
        if (!missing.isEmpty()) {
            Peers.missing(
                    "not installed: " + missing + " (run .ci/install-peers, or: pip install 'moto[server]' awscli)");
        }
    }

    /** The program's file. */
    static String path(String program) {
        return find(program)
                .orElseThrow(() -> new IllegalStateException(program + " is not installed"))
                .toString();
    }

    private static Optional<Path> find(String program) {
        List<Path> directories = new ArrayList<>();
        for (String directory : System.getenv("PATH").split(":", -1)) {
            directories.add(Path.of(directory));
        }
        String cache = System.getenv("XDG_CACHE_HOME");
        Path caches =
                cache == null || cache.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache);
        directories.add(caches.resolve("image-mirror/venv/bin"));
        return directories.stream()
                .map(directory -> directory.resolve(program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
