package dev.imagemirror.operator.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.imagemirror.operator.domain.CopyJobSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What environment.yaml gives the programs is what they read, and the other way round. */
class TemplateTest {
    private static final Path FILE = Path.of("..", "cloudformation", "environment.yaml");
    private static final Path WORKER = Path.of("..", "batch-worker", "src", "main", "java");

    /** Read by the AWS SDK, and by the worker's part of the operator. */
    private static final Set<String> OF_THE_SDK = Set.of("AWS_REGION");

    /** Read by Java itself. */
    private static final String OF_JAVA = "JAVA_TOOL_OPTIONS";

    private static final String AUTH = "CONTAINER_AUTH_PARAMETER";

    /** What the worker reads beside, whose defaults suit every stack, and what the operator adds to a job. */
    private static final Set<String> OF_OTHER_WORKERS = Set.of(
            "MIRROR_BLOBS_AT_ONCE",
            "MIRROR_CA_FILES",
            "MIRROR_DRY_RUN",
            "MIRROR_ENGINE",
            "MIRROR_INSECURE_REGISTRIES",
            "MIRROR_PRIVATE_ADDRESSES",
            "MIRROR_QUIET",
            "MIRROR_REFERRERS",
            "MIRROR_REGISTRY_MIRRORS",
            "MIRROR_VERBOSE");

    /** Settings whose defaults suit every stack; whoever adds a setting decides whether it belongs here. */
    private static final Predicate<String> LEFT_TO_THE_DEFAULT = Pattern.compile("tables\\.(stream|relist)"
                    + "|loop\\.(workers|grace)"
                    + "|jobs\\.(mode|inFlight|perRegistry|local|poll|startLimit|deadline|slowestRate|longestDeadline)"
                    + "|registries\\..*"
                    + "|web\\.(enabled|port|hosts)"
                    + "|kubernetes\\..*")
            .asMatchPredicate();

    private static final Set<String> ONLY_OF_THE_SERVICE = Set.of(
            "MIRROR_OPERATOR_EVENTS_QUEUE",
            "MIRROR_OPERATOR_LOOP_INTERVAL",
            "MIRROR_OPERATOR_LEASE_ENABLED",
            "MIRROR_OPERATOR_LEASE_TABLE",
            "MIRROR_OPERATOR_WEB_ADDRESS");

    private final JsonNode resources = yaml(read(FILE)).path("Resources");

    @Test
    void theServiceGetsEverySettingThatAStackDecidesAndNothingElse() {
        Set<String> wanted = Settings.ALL.stream()
                .filter(parameter -> !LEFT_TO_THE_DEFAULT.test(parameter.key()))
                .map(Setting::variable)
                .collect(Collectors.toCollection(TreeSet::new));
        wanted.add(AUTH);
        wanted.addAll(OF_THE_SDK);
        assertThat(variables("OperatorTask")).isEqualTo(wanted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SweepJob", "PushJob", "EventFunction", "SweepFunction"})
    void theOtherModesGetTheSameBesideWhatOnlyAServiceUses(String resource) {
        Set<String> wanted = variables("OperatorTask");
        wanted.removeAll(ONLY_OF_THE_SERVICE);
        if (resource.endsWith("Function")) {
            wanted.removeAll(OF_THE_SDK); // Lambda's own
        } else {
            wanted.add(OF_JAVA);
        }
        assertThat(variables(resource)).isEqualTo(wanted);
    }

    @Test
    void theWorkersJobGetsWhatItReadsAndNothingElse() throws IOException {
        Set<String> wanted = new TreeSet<>(names(sources(WORKER), "\"(MIRROR_[A-Z_]+)\""));
        assertThat(wanted).containsAll(OF_OTHER_WORKERS);
        wanted.removeAll(OF_OTHER_WORKERS);
        wanted.add(AUTH);
        wanted.addAll(OF_THE_SDK);
        assertThat(variables("MirrorJob")).isEqualTo(wanted);
    }

    @Test
    void theWorkerReadsWhatTheOperatorAddsToAJob() throws IOException {
        String planner = read(Path.of("src/main/java/dev/imagemirror/operator/claim/JobPlanner.java"))
                + read(Path.of("src/main/java/dev/imagemirror/operator/domain/CopyJobSpec.java"));
        String sources = sources(WORKER);
        assertThat(names(planner, "\"(MIRROR_[A-Z_]+)\""))
                .containsExactly("MIRROR_REFERRERS")
                .allSatisfy(name -> assertThat(sources).contains('"' + name + '"'));
    }

    @Test
    void aJobsParametersAreThoseThatTheOperatorSends() {
        assertThat(words("MirrorJob"))
                .isEqualTo(List.of("mirror", "Ref::" + CopyJobSpec.SOURCE, "Ref::" + CopyJobSpec.DESTINATIONS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"EventFunction", "SweepFunction"})
    void aFunctionsClassesExist(String function) throws ClassNotFoundException {
        JsonNode image = resources.path(function).path("Properties").path("ImageConfig");
        String[] handler = image.path("Command").path(0).asText().split("::", -1);
        assertThat(Class.forName(handler[0]).getMethods())
                .anyMatch(method -> method.getName().equals(handler[1]));
        List<String> start = texts(image.path("EntryPoint"));
        assertThat(start).startsWith("java").containsSequence("-cp", "@/app/jib-classpath-file");
        assertThat(Class.forName(start.get(start.size() - 1))).isNotNull();
    }

    @Test
    void taskHealthCheckUsesASelfContainedClass() throws ClassNotFoundException {
        List<String> command =
                texts(resources.at("/OperatorTask/Properties/ContainerDefinitions/0/HealthCheck/Command"));
        assertThat(command).startsWith("CMD", "java").contains("@/app/jib-classpath-file");
        assertThat(Class.forName(command.get(command.size() - 1))).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"MirrorJob", "SweepJob", "PushJob"})
    void batchRetriesOnlyJobsLostWithTheirHost(String job) {
        JsonNode strategy = resources.at("/" + job + "/Properties/RetryStrategy/EvaluateOnExit");
        assertThat(strategy).hasSizeGreaterThan(1);
        JsonNode last = strategy.path(strategy.size() - 1);
        assertThat(Map.of(last.path("OnReason").asText(), last.path("Action").asText()))
                .isEqualTo(Map.of("*", "EXIT"));
        for (int i = 0; i < strategy.size() - 1; i++) {
            assertThat(strategy.path(i).path("Action").asText()).isEqualTo("RETRY");
            assertThat(strategy.path(i).path("OnStatusReason").asText()).matches("(Host EC2|Spot|Your Spot Task).*");
        }
    }

    /** A larger one has to be put into a bucket first ("CloudFormation quotas": size of a template's body in a request). */
    @Test
    void aTemplateIsSmallEnoughToBeDeployedAsItIs() throws IOException {
        assertThat(Files.size(FILE)).isLessThanOrEqualTo(51_200);
    }

    private Set<String> variables(String resource) {
        JsonNode properties = resources.path(resource).path("Properties");
        Map<String, Boolean> names = new TreeMap<>();
        Stream.of("/ContainerProperties/Environment", "/ContainerDefinitions/0/Environment")
                .flatMap(place -> properties.at(place).findValuesAsText("Name").stream())
                .forEach(name -> assertThat(names.put(name, true)).as(name).isNull());
        properties.at("/Environment/Variables").fieldNames().forEachRemaining(name -> names.put(name, true));
        assertThat(names).as(resource).isNotEmpty();
        return new TreeSet<>(names.keySet());
    }

    private List<String> words(String job) {
        return texts(resources.path(job).at("/Properties/ContainerProperties/Command"));
    }

    private static List<String> texts(JsonNode command) {
        return Stream.iterate(0, i -> i < command.size(), i -> i + 1)
                .map(i -> command.path(i).asText())
                .toList();
    }

    private static List<String> names(String source, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(source);
        return matcher.results()
                .map(match -> match.group(1))
                .distinct()
                .sorted()
                .toList();
    }

    private static String sources(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(TemplateTest::read)
                    .collect(Collectors.joining());
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** CloudFormation's short forms ({@code !Ref x}) become plain values, which is all that is wanted here. */
    private static JsonNode yaml(String text) {
        try {
            return new ObjectMapper(new YAMLFactory()).readTree(text.replaceAll("![A-Z][A-Za-z]+\\b", ""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
