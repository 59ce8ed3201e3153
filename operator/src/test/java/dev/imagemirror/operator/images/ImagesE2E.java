package dev.imagemirror.operator.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.imagemirror.e2e.BigImage;
import dev.imagemirror.e2e.DockerRegistryProcess;
import dev.imagemirror.e2e.Peers;
import dev.imagemirror.operator.cloudformation.Template;
import dev.imagemirror.operator.testing.TestingDynamoServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The images that {@code make images} pushes, on a base image that is made here, run as ECS and Batch run them. */
class ImagesE2E {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TAG = "e2e";

    private static Path directory;
    private static DockerRegistryProcess registry;
    private static UnpackedImage worker;
    private static UnpackedImage operator;
    private static UnpackedImage function;
    private static Containers containers;

    @BeforeAll
    static void buildAndUnpack() throws IOException, InterruptedException {
        Peers.require("docker-registry", "skopeo", "mmdebstrap", "make");
        if (!System.getProperty("user.name").equals("root")) {
            Peers.missing("images are unpacked and run by root only");
        }
        // not by JUnit, which has a warning for each of the many links in an image when it removes them
        directory = Files.createTempDirectory("images");
        registry = DockerRegistryProcess.start(directory.resolve("registry"));
        timed("base image", () -> BaseImage.push(directory.resolve("base"), registry.reference("base:1")));
        timed("make images", ImagesE2E::makeImages);
        worker = UnpackedImage.of(registry.reference("mirror:" + TAG), directory.resolve("worker"));
        operator = UnpackedImage.of(registry.reference("mirror-operator:" + TAG), directory.resolve("operator"));
        function = UnpackedImage.of(
                registry.reference("mirror-operator:" + TAG + "-lambda"), directory.resolve("function"));
        containers = Containers.find(directory.resolve("containers"), worker);
    }

    @AfterAll
    static void stop() throws IOException, InterruptedException {
        if (registry != null) {
            registry.close();
            Peers.check("rm", "-rf", directory.toString());
        }
    }

    /** In a copy, since this test runs on the classes that the build would write anew. */
    private static void makeImages() throws IOException, InterruptedException {
        Path copy = Files.createDirectories(directory.resolve("checkout"));
        Path project = Peers.projectRoot();
        Path tar = directory.resolve("checkout.tar");
        Peers.check(
                "tar", "--exclude=./.git", "--exclude=*-reports", "-cf", tar.toString(), "-C", project.toString(), ".");
        Peers.check("tar", "-xf", tar.toString(), "-C", copy.toString());
        Path output = directory.resolve("make.out");
        ProcessBuilder make = new ProcessBuilder(
                        "make",
                        "images",
                        "MVN=./mvnw --no-transfer-progress -Dmaven.compiler.useIncrementalCompilation=false",
                        "IMAGE_REGISTRY=" + registry.authority(),
                        "IMAGE_TAG=" + TAG,
                        "BASE_IMAGE=" + registry.reference("base:1"))
                .directory(copy.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        make.environment().put("JAVA_HOME", System.getProperty("java.home"));
        make.environment().put("XDG_CACHE_HOME", directory.resolve("cache").toString()); // where Jib keeps layers
        int exit = make.start().waitFor();
        assertThat(exit).as(Files.readString(output)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mirror", "mirror-operator"})
    void imageSupportsBothArchitecturesAndRunsUnprivileged(String name) throws IOException, InterruptedException {
        JsonNode index = JSON.readTree(raw(name + ":" + TAG));
        List<String> architectures = new ArrayList<>();
        index.path("manifests")
                .forEach(each ->
                        architectures.add(each.at("/platform/architecture").asText()));
        assertThat(architectures).containsExactlyInAnyOrder("amd64", "arm64");
        for (String architecture : architectures) {
            JsonNode image = configuration(name + ":" + TAG, architecture);
            assertThat(image.path("architecture").asText()).isEqualTo(architecture);
            assertThat(image.at("/config/User").asText()).isEqualTo("65532:65532");
        }
    }

    /** Another Java's archive would be passed over, so that it is asked for here. */
    @ParameterizedTest
    @ValueSource(strings = {"mirror", "mirror-operator", "mirror-operator-lambda"})
    void anArchiveOfClassesCanBeAddedWhichTheImagesJavaTakes(String name) throws IOException, InterruptedException {
        Peers.require("buildah");
        String of = name.endsWith("-lambda") ? "mirror-operator:" + TAG + "-lambda" : name + ":" + TAG;
        String with = name + ":cds";
        new Buildah(directory.resolve("buildah"))
                .build("Containerfile.cds", Map.of("IMAGE", registry.reference(of)), registry.reference(with));
        UnpackedImage image = UnpackedImage.of(registry.reference(with), directory.resolve(name + "-cds"));
        boolean isWorker = name.equals("mirror");

        Peers.Result version = isWorker
                ? containers.run(image, Map.of("MIRROR_JAVA_OPTS", "-Xshare:on"), List.of("mirror", "--version"))
                : containers.run(image, Map.of(), withArchive("dev.imagemirror.operator.app.Main", "--version"));

        assertThat(version.exit()).as(version.output()).isZero();
        assertThat(version.output()).contains("0.1.0");
        assertThat(image.configuration().path("User").asText()).isEqualTo("65532:65532");
        assertThat(image.command()).isEqualTo((isWorker ? worker : operator).command());
        assertThat(Files.size(image.root().resolve("opt/classes.jsa")))
                .as("more than the classes of a usage text")
                .isGreaterThan(5_000_000);
    }

    private static List<String> withArchive(String... program) {
        List<String> command =
                new ArrayList<>(List.of("java", "-XX:+UseSerialGC", "-Xshare:on", "-cp", "@/app/jib-classpath-file"));
        command.addAll(List.of(program));
        return command;
    }

    /** By an emulator of the processor, without the launcher's shell, which would leave it. */
    @ParameterizedTest
    @CsvSource({
        "mirror, opt/mirror, dev.imagemirror.worker.Main",
        "mirror-operator, app, dev.imagemirror.operator.app.Main"
    })
    void theImagesForArm64Start(String name, String home, String program) throws IOException, InterruptedException {
        if (!System.getProperty("os.arch").equals("amd64")) {
            Peers.missing("only tried on amd64");
        }
        Peers.require("qemu-aarch64-static");
        UnpackedImage image =
                UnpackedImage.of(registry.reference(name + ":" + TAG), "arm64", directory.resolve(name + "-arm64"));
        String classPath = Stream.of(Files.readString(image.root().resolve(home + "/jib-classpath-file"))
                        .split(":", -1))
                .map(jar -> image.root() + jar)
                .collect(Collectors.joining(":"));
        Peers.Result version = Peers.run(List.of(
                "qemu-aarch64-static",
                "-L",
                image.root().toString(),
                image.root() + BaseImage.java("arm64").toString() + "/bin/java",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                classPath,
                program,
                "--version"));
        assertThat(version.exit()).as(version.output()).isZero();
        assertThat(version.output()).startsWith(name + " 0.1.0");
    }

    @Test
    void theFunctionsImageIsForOneArchitecture() throws IOException, InterruptedException {
        JsonNode manifest = JSON.readTree(raw("mirror-operator:" + TAG + "-lambda"));
        assertThat(manifest.path("layers")).isNotEmpty();
        assertThat(manifest.has("manifests")).isFalse();
    }

    /** With the entry point, the handler and the variables of the template, but tables and jobs of this process. */
    @Test
    void theFunctionsImageStartsAndAnswersABatchOfTheQueue() throws IOException, InterruptedException {
        String source = BigImage.push(registry, "images/function:1", 1, 1, 64 * 1024);
        JsonNode properties = Template.read("environment.yaml")
                .stack(Map.of("OperatorMode", "Events"))
                .properties("EventFunction");
        List<String> command = new ArrayList<>();
        properties.at("/ImageConfig/EntryPoint").forEach(word -> command.add(word.asText()));
        properties.at("/ImageConfig/Command").forEach(word -> command.add(word.asText()));
        Path output = directory.resolve("function.out");
        try (TestingDynamoServer.Tables tables = TestingDynamoServer.shared().tables();
                RuntimeApi lambda = RuntimeApi.start(FunctionEvents.batch(source, "garbage"))) {
            tables.putRow(source, registry.reference("images/function-copy:1"));
            Map<String, String> environment = FunctionEvents.environment(properties, tables);
            environment.put("AWS_LAMBDA_RUNTIME_API", lambda.authority());
            Process process = containers.withTmp().start(function, environment, command, output);
            try {
                assertThat(JSON.readTree(lambda.answer(process)))
                        .isEqualTo(JSON.readTree("{\"batchItemFailures\": [{\"itemIdentifier\": \"1\"}]}"));
                await().atMost(Duration.ofSeconds(60))
                        .ignoreExceptionsInstanceOf(AssertionError.class)
                        .untilAsserted(
                                () -> assertThat(raw("images/function-copy:1")).isEqualTo(raw("images/function:1")));
            } catch (AssertionError e) {
                throw new AssertionError(e.getMessage() + "\n" + Files.readString(output), e);
            } finally {
                process.destroy();
                process.waitFor();
            }
        }
    }

    @Test
    void theWorkerCopiesAnImageAndWritesNothingToItsFiles() throws IOException, InterruptedException {
        String source = BigImage.push(registry, "images/app:1", 2, 2, 64 * 1024);
        String before = worker.listing();

        Peers.Result copied =
                containers.run(worker, Map.of(), worker.command("mirror", source, registry.reference("images/copy:1")));

        assertThat(copied.exit()).as(copied.output()).isZero();
        assertThat(copied.output()).contains("MIRROR-REPORT ").contains("\"outcome\":\"copied\"");
        assertThat(raw("images/copy:1")).isEqualTo(raw("images/app:1"));
        assertThat(worker.listing()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({"mirror, Usage: mirror", "mirror-operator, mirror-operator --help"})
    void imageWithoutArgumentsPrintsItsUsage(String name, String words) throws IOException, InterruptedException {
        UnpackedImage image = name.equals("mirror") ? worker : operator;
        List<String> command = new ArrayList<>(image.command());
        image.configuration().path("Cmd").forEach(word -> command.add(word.asText()));
        assertThat(containers.run(image, Map.of(), command).output()).contains(words);
    }

    @Test
    void theServicesHealthIsThatOfTheProcess() throws IOException, InterruptedException {
        Map<String, String> environment = Map.of(
                "AWS_REGION", "eu-central-1",
                "AWS_ACCESS_KEY_ID", "testing",
                "AWS_SECRET_ACCESS_KEY", "testing",
                "AWS_ENDPOINT_URL", "http://127.0.0.1:1",
                "MIRROR_OPERATOR_WEB_PORT", String.valueOf(freePort()));
        String before = operator.listing();
        assertThat(containers.run(operator, environment, healthCheck()).exit()).isOne();

        Path output = directory.resolve("operator.out");
        Process service = containers.start(operator, environment, operator.command("run"), output);
        try {
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(
                            () -> assertThat(Files.readString(output)).contains("dashboard at http://127.0.0.1:"));
            Peers.Result health = containers.run(operator, environment, healthCheck());
            assertThat(health.exit()).as(health.output()).isZero();
        } finally {
            service.destroy();
            assertThat(service.waitFor(30, TimeUnit.SECONDS))
                    .as("it stops when told to")
                    .isTrue();
        }
        assertThat(operator.listing()).isEqualTo(before);
    }

    /** As the task definition has it. */
    private static List<String> healthCheck() throws IOException {
        String template = Files.readString(Peers.projectRoot().resolve("cloudformation/environment.yaml"));
        JsonNode command = new ObjectMapper(new YAMLFactory())
                .readTree(template.replaceAll("![A-Z][A-Za-z]+", ""))
                .at("/Resources/OperatorTask/Properties/ContainerDefinitions/0/HealthCheck/Command");
        List<String> words = new ArrayList<>();
        command.forEach(word -> words.add(word.asText()));
        assertThat(words.remove(0)).isEqualTo("CMD");
        return words;
    }

    private static String raw(String name) throws IOException, InterruptedException {
        return Peers.check("skopeo", "inspect", "--raw", "--tls-verify=false", "docker://" + registry.reference(name));
    }

    private static JsonNode configuration(String name, String architecture) throws IOException, InterruptedException {
        return JSON.readTree(Peers.check(
                "skopeo",
                "--override-arch=" + architecture,
                "inspect",
                "--config",
                "--tls-verify=false",
                "docker://" + registry.reference(name)));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private interface Step {
        void run() throws IOException, InterruptedException;
    }

    private static void timed(String what, Step step) throws IOException, InterruptedException {
        long start = System.nanoTime();
        step.run();
        System.out.println(what + ": " + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start) + " s");
    }
}
