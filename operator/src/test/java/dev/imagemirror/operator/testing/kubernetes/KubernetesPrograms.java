package dev.imagemirror.operator.testing.kubernetes;

import dev.imagemirror.e2e.Peers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** kube-apiserver, etcd and kubectl, which {@code .ci/e2e-binaries} builds into the user's cache. */
public final class KubernetesPrograms {
    private final Path directory;

    private KubernetesPrograms(Path directory) {
        this.directory = directory;
    }

    /**
     * Finds them all; where one is missing, skips the test and says so, or fails it where {@code CI} is set.
     */
    public static KubernetesPrograms require() throws IOException, InterruptedException {
        String script = Peers.projectRoot().resolve(".ci/e2e-binaries").toString();
        Path directory = Path.of(Peers.check(script, "--where").strip());
        List<String> missing = Stream.of("kube-apiserver", "etcd", "kubectl")
                .filter(program -> !Files.isExecutable(directory.resolve(program)))
                .toList();
        if (!missing.isEmpty()) {
            Peers.missing("not in " + directory + ": " + missing + " (run make e2e-binaries)");
        }
        return new KubernetesPrograms(directory);
    }

    String apiServer() {
        return directory.resolve("kube-apiserver").toString();
    }

    String etcd() {
        return directory.resolve("etcd").toString();
    }

    String kubectl() {
        return directory.resolve("kubectl").toString();
    }
}
