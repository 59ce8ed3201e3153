package dev.imagemirror.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.imagemirror.image.Descriptor;
import dev.imagemirror.image.InvalidManifestException;
import dev.imagemirror.image.Manifest;
import dev.imagemirror.image.ManifestParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The project's own two images, built by Jib for two platforms, and an OCI index of each made by skopeo, copied between
 * docker-registry processes, one of which wants a password.
 */
class CopyE2E {
    private static final String USER = "mirror";
    private static final String PASSWORD = "only-for-tests";

    @TempDir
    static Path directory;

    @AutoClose
    private static DockerRegistryProcess source;

    @AutoClose
    private static DockerRegistryProcess open;

    @AutoClose
    private static DockerRegistryProcess locked;

    private static Path dockerConfig;

    @BeforeAll
    static void startRegistriesAndBuildImages() throws IOException, InterruptedException {
        Peers.require("docker-registry", "skopeo", "htpasswd");
        Path users = Files.writeString(directory.resolve("htpasswd"), Peers.check("htpasswd", "-Bbn", USER, PASSWORD));
        source = DockerRegistryProcess.start(directory.resolve("source"));
        open = DockerRegistryProcess.start(directory.resolve("open"));
        locked = DockerRegistryProcess.start(
                directory.resolve("locked"), new DockerRegistryProcess.Options(users, null, null));
        dockerConfig = Files.createDirectories(directory.resolve("docker"));
        Peers.check(
                "skopeo",
                "login",
                "--tls-verify=false",
                "--authfile",
                dockerConfig.resolve("config.json").toString(),
                "-u",
                USER,
                "-p",
                PASSWORD,
                locked.authority());
        buildImages();
        for (String image : List.of("mirror", "mirror-operator")) {
            skopeoCopy("--format=oci", source.reference(image + ":docker"), source.reference(image + ":oci"));
        }
    }

    private static void buildImages() throws IOException, InterruptedException {
        Path root = Peers.projectRoot();
        Peers.check(
                root.resolve("mvnw").toString(),
                "-q",
                "-f",
                root.resolve("pom.xml").toString(),
                "-pl",
                "crds,batch-worker,operator",
                "package",
                "jib:build",
                "-DskipTests",
                "-Dspotless.check.skip",
                "-Djacoco.skip",
                "-Djib.allowInsecureRegistries=true",
                "-Djib.from.image=scratch",
                "-Dimage.tag=docker",
                "-Dimage.registry=" + source.authority());
    }

    @ParameterizedTest
    @ValueSource(strings = {"mirror:docker", "mirror:oci", "mirror-operator:docker", "mirror-operator:oci"})
    void copiesTheProjectsOwnImagesByteForByte(String image) throws IOException, InterruptedException {
        String first = open.reference("copies/" + image);
        String second = locked.reference("copies/" + image);

        Peers.Result result = mirror(source.reference(image), first, second);

        assertThat(result.exit()).as(result.output()).isZero();
        for (String destination : List.of(first, second)) {
            assertEqual(source.reference(image), destination);
            Path unpacked = Files.createTempDirectory(directory, "full");
            Peers.check(command(
                    "skopeo",
                    "copy",
                    "-q",
                    "--all",
                    "--src-tls-verify=false",
                    authFile(),
                    "docker://" + destination,
                    "dir:" + unpacked));
        }
    }

    @Test
    void theLauncherRunsFromTheFilesOfTheImage() throws IOException, InterruptedException {
        Path layers = directory.resolve("layers");
        Path root = Files.createDirectories(directory.resolve("root"));
        Peers.check(
                "skopeo",
                "copy",
                "-q",
                "--override-os=linux",
                "--override-arch=amd64",
                "--src-tls-verify=false",
                "docker://" + source.reference("mirror:docker"),
                "dir:" + layers);
        for (JsonNode layer : new ObjectMapper()
                .readTree(layers.resolve("manifest.json").toFile())
                .path("layers")) {
            Path blob = layers.resolve(layer.path("digest").asText().replace("sha256:", ""));
            Peers.check("tar", "-xzf", blob.toString(), "-C", root.toString());
        }
        // its paths are absolute: they must be the image's own, and be here what they are there
        Path classPath = root.resolve("opt/mirror/jib-classpath-file");
        List<String> jars = List.of(Files.readString(classPath).strip().split(":"));
        assertThat(jars)
                .allSatisfy(jar -> assertThat(Path.of(root + jar.replaceFirst("/\\*$", "")))
                        .exists());
        Files.writeString(classPath, root + String.join(":" + root, jars));

        Peers.Result result =
                Peers.run(List.of(root.resolve("opt/mirror/bin/mirror").toString(), "--version"));

        assertThat(result.exit()).as(result.output()).isZero();
        assertThat(result.output()).startsWith("mirror ").doesNotContain("Warning");
    }

    @Test
    void asksOnceEachWhenThereIsNothingToDo() throws IOException, InterruptedException {
        String destination = open.reference("noop/mirror:oci");
        mirror(source.reference("mirror:oci"), destination);
        int sourceBefore = source.requests().size();
        int destinationBefore = open.requests().size();

        Peers.Result result = mirror(source.reference("mirror:oci"), destination);

        assertThat(result.exit()).isZero();
        assertThat(newRequests(source, sourceBefore)).containsExactly("HEAD");
        assertThat(newRequests(open, destinationBefore)).containsExactly("HEAD");
    }

    @Test
    void copiesUncompressedLayersAsTheyAre() throws IOException, InterruptedException {
        Path plain = directory.resolve("plain");
        Peers.check(
                "skopeo",
                "copy",
                "-q",
                "--all",
                "--src-tls-verify=false",
                "--dest-decompress",
                "docker://" + source.reference("mirror:docker"),
                "dir:" + plain);
        Peers.check(
                "skopeo",
                "copy",
                "-q",
                "--all",
                "--preserve-digests",
                "--dest-tls-verify=false",
                "dir:" + plain,
                "docker://" + source.reference("plain:1"));

        Peers.Result result = mirror(source.reference("plain:1"), open.reference("plain"));

        assertThat(result.exit()).as(result.output()).isZero();
        assertEqual(source.reference("plain:1"), open.reference("plain:1"));
    }

    @Test
    void theSkopeoEngineGivesTheSameDigests() throws IOException, InterruptedException {
        String destination = locked.reference("by-skopeo/mirror:oci");

        Peers.Result result = mirror("--engine", "skopeo", source.reference("mirror:oci"), destination);

        assertThat(result.exit()).as(result.output()).isZero();
        assertEqual(source.reference("mirror:oci"), destination);
    }

    @Test
    void exitCodesSayWhatWentWrong() throws IOException, InterruptedException {
        assertThat(mirror().exit()).isEqualTo(64);
        assertThat(mirror("UPPER/case:1", open.reference("a:1")).exit()).isEqualTo(65);
        assertThat(mirror(source.reference("nothing:1"), open.reference("a:1")).exit())
                .isEqualTo(66);
        String image = source.reference("mirror:oci");
        Peers.Result anonymous = Peers.run(List.of(
                "env", "DOCKER_CONFIG=" + directory, Peers.launcher(), image, locked.reference("denied/mirror:oci")));
        assertThat(anonymous.exit()).as(anonymous.output()).isEqualTo(77);
    }

    @Test
    void aStoppedCopyLeavesNoTagAndTheNextRunMovesOnlyWhatIsMissing() throws IOException, InterruptedException {
        String image = BigImage.push(source, "big:1");
        String destination = open.reference("stopped/big:1");
        Process process = new ProcessBuilder(mirrorCommand(image, destination))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("stopped.log").toFile())
                .start();
        awaitBlob(process);
        process.destroy();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).as("ends within 10 s").isTrue();
        assertThat(process.exitValue()).isEqualTo(143);
        assertThat(Peers.run(List.of("skopeo", "inspect", "--raw", "--tls-verify=false", "docker://" + destination))
                        .exit())
                .as("no tag")
                .isNotZero();
        long before = uploads();

        Peers.Result next = mirror(image, destination);

        assertThat(next.exit()).as(next.output()).isZero();
        assertThat(uploads()).as("blobs moved in both runs").isEqualTo(BigImage.BLOBS);
        assertThat(before).as("blobs moved before the stop").isBetween(1L, BigImage.BLOBS - 1L);
    }

    /** Waits until at least one blob is complete at the destination. */
    private static void awaitBlob(Process process) throws IOException, InterruptedException {
        while (process.isAlive() && uploads() == 0) {
            process.waitFor(5, TimeUnit.MILLISECONDS);
        }
    }

    private static long uploads() throws IOException {
        return open.requests().stream()
                .filter(access -> access.method().equals("PUT")
                        && access.uri().contains("/stopped/big/blobs/")
                        && access.status() == 201)
                .count();
    }

    private static List<String> newRequests(DockerRegistryProcess registry, int before) throws IOException {
        List<DockerRegistryProcess.Access> requests = registry.requests();
        return requests.subList(before, requests.size()).stream()
                .map(DockerRegistryProcess.Access::method)
                .toList();
    }

    private static void assertEqual(String one, String other) throws IOException, InterruptedException {
        String raw = inspect(one);
        assertThat(inspect(other)).as(other).isEqualTo(raw);
        try {
            Manifest manifest = ManifestParser.parse(raw.getBytes(StandardCharsets.UTF_8), "");
            for (Descriptor child : manifest.manifests()) {
                assertEqual(byDigest(one, child), byDigest(other, child));
            }
        } catch (InvalidManifestException e) {
            throw new AssertionError(raw, e);
        }
    }

    private static String byDigest(String reference, Descriptor child) {
        return reference.substring(0, reference.lastIndexOf(':')) + "@" + child.digest();
    }

    private static String inspect(String reference) throws IOException, InterruptedException {
        return Peers.check("skopeo", "inspect", "--raw", "--tls-verify=false", authFile(), "docker://" + reference);
    }

    private static void skopeoCopy(String option, String from, String to) throws IOException, InterruptedException {
        Peers.check(
                "skopeo",
                "copy",
                "-q",
                "--all",
                option,
                "--src-tls-verify=false",
                "--dest-tls-verify=false",
                "docker://" + from,
                "docker://" + to);
    }

    private static String authFile() {
        return "--authfile=" + dockerConfig.resolve("config.json");
    }

    private static String[] command(String... words) {
        return words;
    }

    private static List<String> mirrorCommand(String... arguments) {
        List<String> command = new ArrayList<>(List.of("env", "DOCKER_CONFIG=" + dockerConfig, Peers.launcher()));
        command.addAll(List.of(arguments));
        return command;
    }

    private static Peers.Result mirror(String... arguments) throws IOException, InterruptedException {
        return Peers.run(mirrorCommand(arguments));
    }
}
