package dev.imagemirror.operator.images;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.imagemirror.e2e.Peers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs unpacked images as their user, on the machine's network, with nothing that could be written: by a container runtime if
 * one works here, with a root file system that is mounted read-only, else by chroot, where root owns all that there is.
 */
final class Containers {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> RUNTIMES = List.of("crun", "runc");
    private static final AtomicInteger COUNT = new AtomicInteger();

    /** For chroot, which mounts no /proc, by which Java would find these. */
    private static final String LIBRARIES = BaseImage.JAVA + "/lib:" + BaseImage.JAVA + "/lib/server";

    private final Path directory;
    private final String runtime;
    private final boolean hasTmp;

    private Containers(Path directory, String runtime, boolean hasTmp) {
        this.directory = directory;
        this.runtime = runtime;
        this.hasTmp = hasTmp;
    }

    /** The same with a /tmp that can be written, as Lambda and {@code podman run --tmpfs /tmp} give it. */
    Containers withTmp() {
        return new Containers(directory, runtime, true);
    }

    /** Finds what runs containers here, by running {@code image}'s Java. */
    static Containers find(Path directory, UnpackedImage image) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        for (String name : RUNTIMES) {
            Peers.Result result =
                    new Containers(directory, name, false).run(image, Map.of(), List.of("java", "-version"));
            if (result.exit() == 0) {
                System.out.println("Containers run by " + name + ", with a read-only root file system");
                return new Containers(directory, name, false);
            }
            System.out.println(
                    name + " runs no containers here: " + result.output().strip());
        }
        System.out.println("Containers run by chroot: nothing is mounted read-only, but nothing may be written either");
        return new Containers(directory, null, false);
    }

    /** Runs a command to its end. */
    Peers.Result run(UnpackedImage image, Map<String, String> more, List<String> command)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile(directory, "container", ".out");
        int exit = start(image, more, command, output).waitFor();
        return new Peers.Result(exit, Files.readString(output));
    }

    /** Starts a command; what it says goes to {@code output}. */
    Process start(UnpackedImage image, Map<String, String> more, List<String> command, Path output) throws IOException {
        Map<String, String> environment = new HashMap<>(image.environment());
        environment.putAll(more);
        List<String> words = new ArrayList<>();
        if (runtime == null) {
            image.root().resolve("tmp").toFile().setWritable(hasTmp, !hasTmp);
            environment.put("LD_LIBRARY_PATH", LIBRARIES);
            words.addAll(List.of(
                    "chroot",
                    "--userspec=" + user(image),
                    "--groups=",
                    image.root().toString()));
            words.addAll(command);
        } else {
            Path bundle = Files.createTempDirectory(directory, "bundle");
            JSON.writeValue(bundle.resolve("config.json").toFile(), specification(image, environment, command));
            words.addAll(List.of(runtime, "--root=" + directory.resolve("state"), "run", "--bundle=" + bundle));
            words.add("image-mirror-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet());
        }
        ProcessBuilder builder =
                new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(output.toFile());
        if (runtime == null) {
            builder.environment().clear();
            builder.environment().putAll(environment);
        }
        try {
            return builder.start();
        } catch (IOException e) {
            Files.writeString(output, e.getMessage());
            return new ProcessBuilder("false").start();
        }
    }

    /** A {@code config.json} of the OCI runtime specification; what it leaves out, a container does not get. */
    private Map<String, Object> specification(
            UnpackedImage image, Map<String, String> environment, List<String> command) {
        String[] user = user(image).split(":", -1);
        List<String> variables = new ArrayList<>();
        environment.forEach((name, value) -> variables.add(name + "=" + value));
        return Map.of(
                "ociVersion", "1.0.2",
                "process",
                        Map.of(
                                "user",
                                Map.of("uid", Integer.valueOf(user[0]), "gid", Integer.valueOf(user[1])),
                                "args",
                                command,
                                "env",
                                variables,
                                "cwd",
                                "/",
                                "noNewPrivileges",
                                true),
                "root", Map.of("path", image.root().toString(), "readonly", true),
                "mounts", mounts(user),
                "linux",
                        Map.of(
                                "namespaces",
                                List.of(
                                        Map.of("type", "pid"),
                                        Map.of("type", "ipc"),
                                        Map.of("type", "uts"),
                                        Map.of("type", "mount"))));
    }

    private List<Map<String, Object>> mounts(String[] user) {
        List<Map<String, Object>> mounts = new ArrayList<>();
        mounts.add(Map.of("destination", "/proc", "type", "proc", "source", "proc"));
        mounts.add(tmpfs("/dev", "mode=755"));
        if (hasTmp) {
            // runc gives it the mode that the image's directory has, so that the owner has to do
            mounts.add(tmpfs("/tmp", "mode=1777", "uid=" + user[0], "gid=" + user[1]));
        }
        return mounts;
    }

    private static Map<String, Object> tmpfs(String place, String... more) {
        List<String> options = new ArrayList<>(List.of("nosuid", "strictatime", "size=65536k"));
        options.addAll(List.of(more));
        return Map.of("destination", place, "type", "tmpfs", "source", "tmpfs", "options", options);
    }

    private static String user(UnpackedImage image) {
        return image.configuration().path("User").asText("0:0");
    }
}
