package dev.imagemirror.operator.images;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.imagemirror.e2e.Peers;
import dev.imagemirror.image.MediaTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A base image from Debian's packages, for two architectures, each with its Java. No script of a package runs, so that neither
 * an emulator nor any privilege beyond root's is needed.
 */
final class BaseImage {
    /** Where this machine's Java is in it. */
    static final Path JAVA = java(architecture());

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LAYER = "application/vnd.oci.image.layer.v1.tar+gzip";
    private static final String CONFIGURATION = "application/vnd.oci.image.config.v1+json";
    private static final String SUITE = "bookworm";

    private final Path directory;
    private final List<Map<String, Object>> manifests = new ArrayList<>();

    private BaseImage(Path directory) {
        this.directory = directory;
    }

    /** Makes one in {@code directory} and has skopeo push it to {@code reference}. */
    static void push(Path directory, String reference) throws IOException, InterruptedException {
        BaseImage image = new BaseImage(Files.createDirectories(directory));
        String here = architecture();
        image.add(here, image.extract(here, "openjdk-17-jre-headless,ca-certificates,dash,coreutils"));
        String other = here.equals("amd64") ? "arm64" : "amd64";
        image.add(other, image.extract(other, "openjdk-17-jre-headless"));
        image.push(reference);
    }

    /** The same of a Debian in which packages can be installed, for this architecture only. */
    static void pushWithApt(Path directory, String reference) throws IOException, InterruptedException {
        BaseImage image = new BaseImage(Files.createDirectories(directory));
        Path tar = image.directory.resolve("apt.tar");
        Peers.check("mmdebstrap", "--quiet", "--variant=apt", SUITE, tar.toString());
        image.add(architecture(), tar);
        image.push(reference);
    }

    private void push(String reference) throws IOException, InterruptedException {
        writeLayout();
        Peers.check(
                "skopeo",
                "copy",
                "-q",
                "--all",
                "--format=v2s2", // Jib reads no OCI index
                "--dest-tls-verify=false",
                "oci:" + directory + ":base",
                "docker://" + reference);
    }

    /** Where Debian has the Java of an architecture. */
    static Path java(String architecture) {
        return Path.of("/usr/lib/jvm/java-17-openjdk-" + architecture);
    }

    /** Of this machine, as Debian and OCI call it. */
    private static String architecture() {
        return System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
    }

    private Path extract(String architecture, String packages) throws IOException, InterruptedException {
        Path tar = directory.resolve(architecture + ".tar");
        Peers.check(
                "mmdebstrap",
                "--quiet",
                "--variant=extract",
                "--architectures=" + architecture,
                "--include=" + packages,
                SUITE,
                tar.toString());
        Path java = directory.resolve(architecture).resolve("usr/bin/java"); // else made by a script of Debian's
        Files.createDirectories(java.getParent());
        Files.createSymbolicLink(
                java,
                Path.of("..")
                        .resolve(Path.of("/usr").relativize(java(architecture)))
                        .resolve("bin/java"));
        Peers.check(
                "tar",
                "-rf",
                tar.toString(),
                "-C",
                directory.resolve(architecture).toString(),
                "usr/bin/java");
        return tar;
    }

    private void add(String architecture, Path tar) throws IOException, InterruptedException {
        String content = sha256(tar);
        Peers.check("gzip", "-n1", tar.toString());
        Map<String, Object> layer = blob(Path.of(tar + ".gz"), LAYER);
        Map<String, Object> configuration = blob(
                Map.of(
                        "architecture",
                        architecture,
                        "os",
                        "linux",
                        "config",
                        Map.of("Env", List.of("PATH=/usr/bin:/bin")),
                        "rootfs",
                        Map.of("type", "layers", "diff_ids", List.of(content))),
                CONFIGURATION);
        Map<String, Object> manifest = new HashMap<>(blob(
                Map.of(
                        "schemaVersion",
                        2,
                        "mediaType",
                        MediaTypes.OCI_MANIFEST,
                        "config",
                        configuration,
                        "layers",
                        List.of(layer)),
                MediaTypes.OCI_MANIFEST));
        manifest.put("platform", Map.of("architecture", architecture, "os", "linux"));
        manifests.add(manifest);
    }

    private void writeLayout() throws IOException, InterruptedException {
        Map<String, Object> index = new HashMap<>(blob(
                Map.of("schemaVersion", 2, "mediaType", MediaTypes.OCI_INDEX, "manifests", manifests),
                MediaTypes.OCI_INDEX));
        index.put("annotations", Map.of("org.opencontainers.image.ref.name", "base"));
        JSON.writeValue(
                directory.resolve("index.json").toFile(), Map.of("schemaVersion", 2, "manifests", List.of(index)));
        JSON.writeValue(directory.resolve("oci-layout").toFile(), Map.of("imageLayoutVersion", "1.0.0"));
    }

    private Map<String, Object> blob(Map<String, Object> content, String mediaType)
            throws IOException, InterruptedException {
        Path file = Files.createTempFile(directory, "blob", ".json");
        JSON.writeValue(file.toFile(), content);
        return blob(file, mediaType);
    }

    /** Moves a file to where the layout has it, and describes it. */
    private Map<String, Object> blob(Path file, String mediaType) throws IOException, InterruptedException {
        Path blobs = Files.createDirectories(directory.resolve("blobs/sha256"));
        long size = Files.size(file);
        String digest = sha256(file);
        Files.move(file, blobs.resolve(digest.substring(digest.indexOf(':') + 1)));
        return Map.of("mediaType", mediaType, "digest", digest, "size", size);
    }

    private static String sha256(Path file) throws IOException, InterruptedException {
        return "sha256:" + Peers.check("sha256sum", file.toString()).substring(0, 64);
    }
}
