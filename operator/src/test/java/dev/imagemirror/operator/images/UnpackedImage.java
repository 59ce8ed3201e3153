package dev.imagemirror.operator.images;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.imagemirror.e2e.Peers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An image of one architecture, its layers unpacked into a directory.
 *
 * @param root the directory
 * @param configuration the image's {@code config}
 */
record UnpackedImage(Path root, JsonNode configuration) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Fetches and unpacks one. */
    static UnpackedImage of(String reference, Path directory) throws IOException, InterruptedException {
        return of(reference, System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64", directory);
    }

    /** The same of another architecture. */
    static UnpackedImage of(String reference, String architecture, Path directory)
            throws IOException, InterruptedException {
        Path layout = Files.createDirectories(directory).resolve("layout");
        Peers.check(
                "skopeo",
                "--override-arch=" + architecture,
                "copy",
                "-q",
                "--src-tls-verify=false",
                "docker://" + reference,
                "dir:" + layout);
        Path root = Files.createDirectories(directory.resolve("root"));
        JsonNode manifest = JSON.readTree(layout.resolve("manifest.json").toFile());
        for (JsonNode layer : manifest.path("layers")) {
            Peers.check("tar", "-xzpf", file(layout, layer).toString(), "-C", root.toString());
        }
        // as where the root file system is read-only, /tmp included
        Peers.check(
                "find", root.toString(), "-xdev", "-type", "d", "-perm", "-o+w", "-exec", "chmod", "o-w", "{}", "+");
        JsonNode image = JSON.readTree(file(layout, manifest.path("config")).toFile());
        return new UnpackedImage(root, image.path("config"));
    }

    private static Path file(Path layout, JsonNode descriptor) {
        return layout.resolve(descriptor.path("digest").asText().replace("sha256:", ""));
    }

    /** The image's own variables. */
    Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        configuration.path("Env").forEach(variable -> {
            String[] parts = variable.asText().split("=", 2);
            environment.put(parts[0], parts[1]);
        });
        return environment;
    }

    /** What runs, given arguments: the entry point, if there is one, before them. */
    List<String> command(String... arguments) {
        List<String> command = new ArrayList<>();
        configuration.path("Entrypoint").forEach(word -> command.add(word.asText()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Every file and its size, to see what a container changed; a runtime makes the places that it mounts on. */
    String listing() throws IOException, InterruptedException {
        return Peers.check("find", root.toString(), "-xdev", "-type", "f", "-printf", "%p %s %T@\n");
    }
}
