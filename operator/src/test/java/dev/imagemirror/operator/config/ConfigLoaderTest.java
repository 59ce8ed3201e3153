package dev.imagemirror.operator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.imagemirror.testing.TestingTls;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigLoaderTest {
    @TempDir
    Path directory;

    @Test
    void withoutFileAndEnvironmentTheDefaultsHold() {
        OperatorConfig config = load(null, Map.of());
        assertThat(config.tables())
                .isEqualTo(
                        new TablesConfig("ImageMirrorTable", "ImageMirrorStatusTable", true, Duration.ofMinutes(10)));
        assertThat(config.loop()).isEqualTo(new LoopConfig(Duration.ofMinutes(15), 32, Duration.ofMinutes(2)));
        assertThat(config.jobs().mode()).isEqualTo(JobsConfig.Mode.BATCH);
        assertThat(config.jobs().batch()).isEqualTo(new JobsConfig.Batch("MirrorQueue", "MirrorJob", "/aws/batch/job"));
        assertThat(config.jobs().times().bytesPerSecond()).isEqualTo(2L << 20);
        assertThat(config.registries().insecure()).isEmpty();
        assertThat(config.ecr().createRepositories()).isEmpty();
        assertThat(config.events().hasQueue()).isFalse();
        assertThat(config.web().address()).as("nobody else can see it").isEqualTo("127.0.0.1");
        assertThat(config.web().hosts()).isEmpty();
    }

    @Test
    void fileIsRead() throws Exception {
        Path authority = TestingTls.shared().writeCaPem(directory);
        OperatorConfig config = load("""
            tables:
              mirrors: my-mirrors
              stream: false
            jobs:
              mode: local
              slowestRate: 512KiB
            registries:
              insecure: [a.example, "b.example:5000"]
              caFiles: %s
            ecr:
            """.formatted(authority), Map.of());
        assertThat(config.tables().mirrors()).isEqualTo("my-mirrors");
        assertThat(config.tables().stream()).isFalse();
        assertThat(config.jobs().mode()).isEqualTo(JobsConfig.Mode.LOCAL);
        assertThat(config.jobs().times().bytesPerSecond()).isEqualTo(512 << 10);
        assertThat(config.registries().insecure()).containsExactly("a.example", "b.example:5000");
        assertThat(config.registries().caFiles()).isEqualTo(List.of(authority));
    }

    @Test
    void rolesAndRepositoriesOfEcrAreRead() {
        EcrConfig ecr = load("""
                ecr:
                  roles: [123456789012.dkr.ecr.eu-west-1.amazonaws.com=arn:aws:iam::123456789012:role/mirror]
                  repository:
                    kmsKey: alias/mirror
                    immutableTags: true
                    tags: [team=platform, empty=]
                    lifecyclePolicy: |
                      {"rules": []}
                """, Map.of("MIRROR_OPERATOR_ECR_REPOSITORY_SCAN_ON_PUSH", "true"))
                .ecr();
        assertThat(ecr.roles()).hasSize(1);
        assertThat(ecr.repository().kmsKey()).isEqualTo("alias/mirror");
        assertThat(ecr.repository().immutableTags()).isTrue();
        assertThat(ecr.repository().scanOnPush()).isTrue();
        assertThat(ecr.repository().tags()).containsExactly("team=platform", "empty=");
        assertThat(ecr.repository().lifecyclePolicy()).contains("rules");
        assertThat(ecr.repository().policy()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "MIRROR_OPERATOR_ECR_ROLES, quay.io",
        "MIRROR_OPERATOR_ECR_REPOSITORY_TAGS, team",
        "MIRROR_OPERATOR_ECR_REPOSITORY_POLICY, allow",
        "MIRROR_OPERATOR_ECR_REPOSITORY_POLICY, []",
        "MIRROR_OPERATOR_EVENTS_QUEUE, MyQueue"
    })
    void rejectsInvalidRolesTagPoliciesAndQueues(String variable, String value) {
        ConfigException error = catchThrowableOfType(ConfigException.class, () -> load(null, Map.of(variable, value)));
        assertThat(error.errors()).singleElement().asString().contains("(from " + variable + ")");
    }

    @Test
    void limitsOfNamespacesAreReadFromFileAndEnvironmentAlikeAndMadeCanonical() {
        List<NamespaceLimit> limits = List.of(
                new NamespaceLimit("team-a", NamespaceLimit.Direction.FROM, "docker.io"),
                new NamespaceLimit("*", NamespaceLimit.Direction.TO, "registry.example:5000/shared/a"));
        assertThat(load("""
            kubernetes:
              limits:
                - team-a from index.docker.io
                - "* to registry.example:5000/shared/a/"
            """, Map.of()).kubernetes().limits()).isEqualTo(limits);
        assertThat(load(
                                null,
                                Map.of(
                                        "MIRROR_OPERATOR_KUBERNETES_LIMITS",
                                        "team-a from docker.io, * to  registry.example:5000/shared/a"))
                        .kubernetes()
                        .limits())
                .isEqualTo(limits);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "team-a",
                "team-a into registry.example/a",
                "Team to registry.example/a",
                "team-a to golang",
                "team-a to registry.example/UPPER",
                "team-a to registry.example/a:1",
                "team-a to registry.example/a@sha256:0000000000000000000000000000000000000000000000000000000000000000"
            })
    void reportsAnInvalidLimitByItsKey(String limit) {
        ConfigException error = catchThrowableOfType(
                ConfigException.class, () -> load(null, Map.of("MIRROR_OPERATOR_KUBERNETES_LIMITS", limit)));

        assertThat(error.errors()).singleElement().asString().startsWith("kubernetes.limits: '" + limit);
    }

    @Test
    void environmentWinsOverTheFile() {
        ConfigLoader.Loaded loaded = ConfigLoader.load(
                "loop: {interval: 5m, workers: 4}",
                Map.of(
                        "MIRROR_OPERATOR_LOOP_WORKERS",
                        " 8 ",
                        "MIRROR_OPERATOR_REGISTRIES_INSECURE",
                        "a.example, b:5000,"));
        assertThat(loaded.config().loop().workers()).isEqualTo(8);
        assertThat(loaded.config().loop().interval()).isEqualTo(Duration.ofMinutes(5));
        assertThat(loaded.config().registries().insecure()).containsExactly("a.example", "b:5000");
        assertThat(loaded.lines())
                .anyMatch(line -> line.startsWith("loop.workers: 8  # MIRROR_OPERATOR_LOOP_WORKERS. "))
                .anyMatch(line -> line.startsWith("loop.interval: 5m  # the file. "));
    }

    @Test
    void blankVariableCountsAsNone() {
        assertThat(load("loop: {workers: 4}", Map.of("MIRROR_OPERATOR_LOOP_WORKERS", " "))
                        .loop()
                        .workers())
                .isEqualTo(4);
    }

    @Test
    void everySettingCanBeSetByItsVariable() {
        for (Setting<?> parameter : Settings.ALL) {
            List<String> errors = errors(null, Map.of(parameter.variable(), "no such\u0000 value, surely"));
            assertThat(errors).as(parameter.key()).hasSize(1);
            assertThat(errors).allMatch(error -> error.startsWith(parameter.key() + ": "));
        }
        assertThat(Settings.ALL).extracting(Setting::variable).doesNotHaveDuplicates();
    }

    @Test
    void everyErrorIsReportedAtOnceWithItsKey() {
        List<String> errors = errors(
                "loop: {interval: 5, workers: 1000}\njobs: {moda: local, perRegistry: {}}\nextra: 1\necr: none",
                Map.of("MIRROR_OPERATOR_JOBS_DEADLINE", "1s"));
        assertThat(errors)
                .hasSize(7)
                .anyMatch(error ->
                        error.equals("loop.interval: '5' (from the file) is invalid; expected a duration such as 30s,"
                                + " 15m or 4h"))
                .anyMatch(error -> error.equals(
                        "loop.interval: '5' (from the file) is invalid; expected a duration such as 30s, 15m or 4h"))
                .anyMatch(error -> error.equals(
                        "loop.workers: '1000' (from the file) is invalid; expected a number from 1 to 512"))
                .anyMatch(
                        error -> error.startsWith("the file: jobs.moda: unknown setting; expected one of jobs.mode, "))
                .anyMatch(
                        error -> error.startsWith("the file: jobs.perRegistry: is a map; expected a number from 1 to"))
                .anyMatch(
                        error -> error.equals(
                                "the file: extra: unknown setting; expected one of tables, loop, jobs, registries, ecr, events, lease, kubernetes, web"))
                .anyMatch(error -> error.startsWith("the file: ecr: expected a map of ecr.createRepositories"))
                .anyMatch(error -> error.startsWith("jobs.deadline: '1s' (from MIRROR_OPERATOR_JOBS_DEADLINE)"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"loop: [", "a: 1\na: 2", "loop: {workers: 1, workers: 2}", "- a", "just text"})
    void reportsInputThatIsNotAMap(String yaml) {
        assertThat(errors(yaml, Map.of())).hasSize(1).first().asString().startsWith("the file: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing", "---", "loop:", "null"})
    void emptyFileIsNoError(String yaml) {
        assertThat(load(yaml, Map.of())).isEqualTo(load(null, Map.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "LOOP_INTERVAL,0s",
        "LOOP_INTERVAL,366d",
        "LOOP_INTERVAL,-5m",
        "LOOP_INTERVAL,1.5h",
        "LOOP_INTERVAL,5M",
        "LOOP_GRACE,59s",
        "LOOP_WORKERS,0",
        "LOOP_WORKERS,99999999999",
        "JOBS_SLOWEST_RATE,0MiB",
        "JOBS_SLOWEST_RATE,2MB",
        "JOBS_LONGEST_DEADLINE,99999d",
        "JOBS_MODE,cloud",
        "JOBS_QUEUE,'a,b'",
        "TABLES_STREAM,yes",
        "REGISTRIES_INSECURE,http://foo.example/bar",
        "REGISTRIES_INSECURE,'a.example,nohost'",
        "REGISTRIES_DENIED_MEANS_MISSING,https://ghcr.io",
        "REGISTRIES_CA_FILES,/no/such/file.pem",
        "REGISTRIES_CA_FILES,/dev/null",
        "ECR_CREATE_REPOSITORIES,ghcr.io"
    })
    void rejectsNonsensicalValues(String variable, String value) {
        assertThat(errors(null, Map.of("MIRROR_OPERATOR_" + variable, value)))
                .hasSize(1)
                .first()
                .asString()
                .contains("'" + value + "' (from MIRROR_OPERATOR_" + variable + ") is invalid; expected ");
    }

    @Test
    void registriesAreNamedAsReferencesNameThem() {
        assertThat(load("registries: {deniedMeansMissing: [index.docker.io, GHCR.io]}", Map.of())
                        .registries()
                        .deniedMeansMissing())
                .containsExactly("docker.io", "ghcr.io");
    }

    @Test
    void reportsInconsistentSettings() {
        assertThat(errors("tables: {mirrors: one, statuses: one}\njobs: {deadline: 2h, longestDeadline: 1h}", Map.of()))
                .hasSize(2)
                .anyMatch(error -> error.startsWith("tables.statuses: 'one' is also tables.mirrors"))
                .anyMatch(error -> error.startsWith("jobs.longestDeadline: must not be less than jobs.deadline"));
    }

    @Test
    void secondDocumentIsNotSilentlyDropped() {
        assertThat(errors("loop: {workers: 4}\n---\nloop: {workers: 8}", Map.of()))
                .containsExactly("the file: has 2 YAML documents; put all settings in one");
    }

    @Test
    void listOfMapsIsRefused() {
        assertThat(errors("registries: {insecure: [{a: b}]}", Map.of()))
                .containsExactly("the file: registries.insecure: expected a list of single values");
    }

    @ParameterizedTest
    @CsvSource({"100ms,PT0.1S", "30s,PT30S", "15m,PT15M", "4h,PT4H", "2d,PT48H"})
    void durationsHaveAUnit(String text, Duration duration) {
        assertThat(load(null, Map.of("MIRROR_OPERATOR_JOBS_POLL", text))
                        .jobs()
                        .times()
                        .poll())
                .isEqualTo(duration);
    }

    private static OperatorConfig load(String yaml, Map<String, String> environment) {
        return ConfigLoader.load(yaml, environment).config();
    }

    private static List<String> errors(String yaml, Map<String, String> environment) {
        ConfigException error = catchThrowableOfType(ConfigException.class, () -> ConfigLoader.load(yaml, environment));
        return error == null ? List.of() : error.errors();
    }
}
