package dev.imagemirror.operator.images;

import dev.imagemirror.e2e.Peers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Builds images of Containerfiles, as {@code podman build} does, with all that it keeps in a directory.
 *
 * @param directory for its storage
 */
record Buildah(Path directory) {
    /**
     * Builds the project's {@code file} and pushes the image.
     *
     * @param arguments of the build
     * @param reference a place in a registry on loopback
     */
    void build(String file, Map<String, String> arguments, String reference) throws IOException, InterruptedException {
        Path project = Peers.projectRoot();
        List<String> command = new ArrayList<>(List.of(
                "bud",
                "--isolation=chroot", // containers of its own need more rights than a build machine may have
                "--tls-verify=false",
                "--file=" + project.resolve(file),
                "--tag=" + reference));
        arguments.forEach((name, value) -> command.add("--build-arg=" + name + "=" + value));
        command.add(project.toString());
        run(command);
        run(List.of("push", "--tls-verify=false", reference, "docker://" + reference));
    }

    private void run(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "buildah",
                "--root=" + directory.resolve("storage"),
                "--runroot=" + directory.resolve("run"),
                "--storage-driver=vfs"));
        command.addAll(arguments);
        Peers.check(command.toArray(String[]::new));
    }
}
