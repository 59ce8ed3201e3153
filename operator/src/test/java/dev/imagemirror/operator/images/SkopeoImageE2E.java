package dev.imagemirror.operator.images;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.e2e.BigImage;
import dev.imagemirror.e2e.DockerRegistryProcess;
import dev.imagemirror.e2e.Peers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The image of the Containerfile, built by buildah on a Debian that is made here, and run as Batch runs it. */
class SkopeoImageE2E {
    private static final String NAME = "mirror:skopeo";

    private static Path directory;
    private static DockerRegistryProcess registry;
    private static UnpackedImage image;
    private static Containers containers;

    @BeforeAll
    static void build() throws IOException, InterruptedException {
        Peers.require("docker-registry", "skopeo", "mmdebstrap", "buildah");
        if (!System.getProperty("user.name").equals("root")) {
            Peers.missing("images are built and run by root only");
        }
        directory = Files.createTempDirectory("skopeo-image");
        registry = DockerRegistryProcess.start(directory.resolve("registry"));
        BaseImage.pushWithApt(directory.resolve("base"), registry.reference("debian:1"));
        new Buildah(directory)
                .build("Containerfile", Map.of("BASE_IMAGE", registry.reference("debian:1")), registry.reference(NAME));
        image = UnpackedImage.of(registry.reference(NAME), directory.resolve("image"));
        containers = Containers.find(directory.resolve("containers"), image);
    }

    @AfterAll
    static void stop() throws IOException, InterruptedException {
        if (registry != null) {
            registry.close();
            Peers.check("rm", "-rf", directory.toString());
        }
    }

    @Test
    void runsUnprivilegedAndPrintsItsUsage() throws IOException, InterruptedException {
        assertThat(image.configuration().path("User").asText()).isEqualTo("65532:65532");
        Peers.Result help = containers.run(image, Map.of(), image.command("mirror", "--help"));
        assertThat(help.exit()).as(help.output()).isZero();
        assertThat(help.output()).contains("Usage: mirror");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mirror", "skopeo"})
    void copiesByEitherEngineAndChangesNoFileOfItsOwn(String engine) throws IOException, InterruptedException {
        String source = BigImage.push(registry, "skopeo-image/app:1", 2, 2, 64 * 1024);
        String before = image.listing();

        Peers.Result copied = (engine.equals("skopeo") ? containers.withTmp() : containers)
                .run(
                        image,
                        Map.of("MIRROR_ENGINE", engine),
                        image.command("mirror", source, registry.reference("skopeo-image/copy:" + engine)));

        assertThat(copied.exit()).as(copied.output()).isZero();
        assertThat(copied.output()).contains("\"engine\":\"" + engine + "\"").contains("\"outcome\":\"copied\"");
        assertThat(raw("skopeo-image/copy:" + engine)).isEqualTo(raw("skopeo-image/app:1"));
        assertThat(image.listing()).isEqualTo(before);
    }

    /** Made while the image was built, by the Java that uses it; another would be passed over in silence. */
    @Test
    void hasAnArchiveOfClassesThatItsJavaTakes() throws IOException, InterruptedException {
        Peers.Result run =
                containers.run(image, Map.of("MIRROR_JAVA_OPTS", "-Xshare:on"), image.command("mirror", "--version"));
        assertThat(run.exit()).as(run.output()).isZero();
        assertThat(image.root().resolve("opt/mirror/lib/mirror.jsa")).exists();
    }

    private static String raw(String name) throws IOException, InterruptedException {
        return Peers.check("skopeo", "inspect", "--raw", "--tls-verify=false", "docker://" + registry.reference(name));
    }
}
