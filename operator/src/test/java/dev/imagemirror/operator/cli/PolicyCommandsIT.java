package dev.imagemirror.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.operator.program.Exit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@Timeout(120)
class PolicyCommandsIT {
    private static final String TEAM = """
        apiVersion: imagemirror.dev/v1alpha1
        kind: MirrorPolicy
        metadata:
          name: team
        spec:
          interval: 30m
          mirrors:
            - source: golang:1.17
              destinations: [b.example/golang, c.example/golang:stable]
              minAge: 24h
              referrers: true
            - source: quay.io/team/app
              destinations: [b.example/app]
              tags:
                include: ["1.*", "on", "1_0"]
                exclude: ["*-rc?"]
                semver: ">=1.2 <2"
                latest: 3
        """;
    private static final String GOLANG = "docker.io/library/golang:1.17#file/team";
    private static final String APP = "quay.io/team/app#file/team";

    @TempDir
    Path directory;

    @AutoClose
    private final TestingCommands commands = new TestingCommands();

    @Test
    void applyMakesRowsWithCanonicalReferencesUnderTheirManager() throws IOException {
        assertThat(commands.run("apply", "-f", file("team.yaml", TEAM)))
                .as(commands.err())
                .isEqualTo(Exit.OK);
        assertThat(commands.lines())
                .containsExactly(
                        "+ " + GOLANG + " -> [b.example/golang, c.example/golang:stable]",
                        "+ " + APP + " -> [b.example/app]",
                        "2 added, 0 changed, 0 removed, 0 unchanged");
        assertThat(commands.rows()).containsOnlyKeys(GOLANG, APP);
        Map<String, AttributeValue> row = commands.rows().get(GOLANG);
        assertThat(row.get("ManagedBy").s()).isEqualTo("file/team");
        assertThat(row.get("Interval").s()).isEqualTo("30m");
        assertThat(row.get("MinAge").s()).isEqualTo("24h");
        assertThat(row.get("Referrers").bool()).isTrue();
        assertThat(row.get("Revision").s()).hasSize(16);
        assertThat(commands.rows().get(APP).get("Tags").m().get("Latest").n()).isEqualTo("3");
    }

    @Test
    void applyingTheSameAgainIsNoChange() throws IOException {
        String file = file("team.yaml", TEAM);
        commands.run("apply", "-f", file);
        var rows = commands.rows();
        assertThat(commands.run("diff", "-f", file)).isEqualTo(Exit.OK);
        assertThat(commands.out()).isEmpty();
        assertThat(commands.run("apply", "-f", file)).isEqualTo(Exit.OK);
        assertThat(commands.lines()).containsExactly("0 added, 0 changed, 0 removed, 2 unchanged");
        assertThat(commands.rows()).isEqualTo(rows);
    }

    @Test
    void whatIsExportedCanBeAppliedWithoutAChange() throws IOException {
        commands.run("apply", "-f", file("team.yaml", TEAM));
        assertThat(commands.run("export")).isEqualTo(Exit.OK);
        String exported = file("exported.yaml", commands.out());
        assertThat(commands.run("diff", "-f", exported)).as(commands.out()).isEqualTo(Exit.OK);
        assertThat(commands.out()).isEmpty();
    }

    @Test
    void diffShowsWhatApplyWouldChangeAndChangesNothing() throws IOException {
        commands.run("apply", "-f", file("team.yaml", TEAM));
        var rows = commands.rows();
        String changed = TEAM.replace("24h", "48h").replace("quay.io/team/app", "quay.io/team/other");
        assertThat(commands.run("diff", "-f", file("team.yaml", changed))).isEqualTo(Exit.SOME_FAILED);
        assertThat(commands.lines())
                .containsExactly(
                        "~ " + GOLANG,
                        "    MinAge: 24h -> 48h",
                        "+ quay.io/team/other#file/team -> [b.example/app]",
                        "- " + APP + " -> [b.example/app]");
        assertThat(commands.rows()).isEqualTo(rows);
    }

    @Test
    void applyChangesRowsAndRemovesThoseThatAreGoneFromTheFile() throws IOException {
        commands.run("apply", "-f", file("team.yaml", TEAM));
        String changed = TEAM.replace("24h", "48h");
        changed = changed.substring(0, changed.indexOf("    - source: quay"));
        assertThat(commands.run("apply", "-f", file("team.yaml", changed))).isEqualTo(Exit.OK);
        assertThat(commands.lines()).contains("0 added, 1 changed, 1 removed, 0 unchanged");
        assertThat(commands.rows()).containsOnlyKeys(GOLANG);
        assertThat(commands.rows().get(GOLANG).get("MinAge").s()).isEqualTo("48h");
    }

    @Test
    void rowsByHandAndThoseOfOtherPoliciesAreLeftAlone() throws IOException {
        commands.putRow("docker.io/library/golang:1.17", "d.example/golang:1.17");
        commands.run("apply", "-f", file("other.yaml", TEAM.replace("name: team", "name: other")));
        var rows = commands.rows();
        commands.run("apply", "-f", file("team.yaml", TEAM));
        commands.run(
                "apply", "-f", file("team.yaml", TEAM.substring(0, TEAM.indexOf("  mirrors:")) + "  mirrors: []\n"));
        assertThat(commands.lines()).contains("0 added, 0 changed, 2 removed, 0 unchanged");
        assertThat(commands.rows()).isEqualTo(rows);
    }

    @Test
    void keepsAndReportsRowsOfOtherManagers() throws IOException {
        commands.putRow(
                GOLANG,
                Map.of(
                        "Destination", AttributeValue.fromS("d.example/golang:1.17"),
                        "ManagedBy", AttributeValue.fromS("cluster/namespace/team")));
        var row = commands.rows().get(GOLANG);
        assertThat(commands.run("apply", "-f", file("team.yaml", TEAM))).isEqualTo(Exit.SOME_FAILED);
        assertThat(commands.out())
                .contains("skipped: the row is managed by someone else (its ManagedBy is not file/team)");
        assertThat(commands.rows().get(GOLANG)).isEqualTo(row);
        assertThat(commands.rows()).containsKey(APP);
    }

    @Test
    void rowEditedByHandIsPutBack() throws IOException {
        String file = file("team.yaml", TEAM);
        commands.run("apply", "-f", file);
        var rows = commands.rows();
        commands.putRow(
                GOLANG,
                Map.of(
                        "Destination", AttributeValue.fromS("d.example/golang:1.17"),
                        "Revision", rows.get(GOLANG).get("Revision"),
                        "ManagedBy", AttributeValue.fromS("file/team")));
        assertThat(commands.run("apply", "-f", file)).isEqualTo(Exit.OK);
        assertThat(commands.lines()).contains("0 added, 1 changed, 0 removed, 1 unchanged");
        assertThat(commands.rows()).isEqualTo(rows);
    }

    @Test
    void rowsByHandAreExportedAsAPolicyAndInvalidOnesAsComments() {
        commands.putRow("golang:1.17", "d.example/golang");
        commands.putRow("not a\nreference!", "d.example/golang");
        assertThat(commands.run("export")).isEqualTo(Exit.OK);
        assertThat(commands.out())
                .contains("name: \"exported\"")
                .contains("source: \"docker.io/library/golang:1.17\"")
                .contains("# left out: not a reference! is invalid: Source: ");
        assertThat(commands.out().lines().filter(line -> line.startsWith("reference")))
                .isEmpty();
    }

    @Test
    void validateListsThePoliciesOfValidFiles() throws IOException {
        String other = file(
                "other.yaml",
                TEAM.replace("name: team", "name: other")
                        .replace("b.example", "d.example")
                        .replace("c.example", "e.example"));
        assertThat(commands.run("validate", "-f", file("team.yaml", TEAM), other))
                .isEqualTo(Exit.OK);
        assertThat(commands.lines()).containsExactly("team: 2 mirrors, valid", "other: 2 mirrors, valid");
        assertThat(commands.rows()).isEmpty();
    }

    @Test
    void reportsEveryErrorByFileAndFieldAndChangesNothing() throws IOException {
        String first = file("first.yaml", TEAM.replace("24h", "often").replace("latest: 3", "newest: 3"));
        String second = file("second.yaml", "kind: [");
        for (String command : new String[] {"validate", "apply", "diff"}) {
            assertThat(commands.run(command, "-f", first, "-f", second)).isEqualTo(Exit.DATA);
            assertThat(commands.err())
                    .contains("3 errors:")
                    .contains(first + ": team: spec.mirrors[0].minAge: 'often' is not a duration")
                    .contains(first + ": team: spec.mirrors[1].tags.newest: is not a field")
                    .contains(second + ": invalid YAML at line 1, column 8: while parsing a flow node, ");
            assertThat(commands.err().lines())
                    .as("one line an error")
                    .hasSize(4)
                    .noneMatch(line -> line.contains("\\n"));
        }
        assertThat(commands.rows()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"169.254.169.254", "[fe80::1]", "metadata.google.internal:8080"})
    void registryThatTheOperatorNeverAllowsIsAnError(String registry) throws IOException {
        String source =
                file("source.yaml", TEAM.replace("source: golang:1.17", "source: \"" + registry + "/golang:1.17\""));
        String destination = file("destination.yaml", TEAM.replace("b.example/golang", "\"" + registry + "/golang\""));
        for (String command : new String[] {"validate", "apply", "diff"}) {
            for (String policy : new String[] {source, destination}) {
                assertThat(commands.run(command, "-f", policy)).isEqualTo(Exit.DATA);
                assertThat(commands.err())
                        .contains(policy + ": team: source ", ", which is never allowed; name another host");
            }
        }
        assertThat(commands.rows()).isEmpty();
    }

    @Test
    void onePolicyInTwoFilesIsAnError() throws IOException {
        assertThat(commands.run("apply", "-f", file("a.yaml", TEAM), file("b.yaml", TEAM)))
                .isEqualTo(Exit.DATA);
        assertThat(commands.err()).contains("policy 'team' appears in several files");
    }

    @Test
    void destinationThatMirrorsOfTwoFilesHaveIsAnError() throws IOException {
        String other = file("other.yaml", TEAM.replace("name: team", "name: other"));
        assertThat(commands.run("apply", "-f", file("team.yaml", TEAM), other)).isEqualTo(Exit.DATA);
        assertThat(commands.err())
                .contains("other: source docker.io/library/golang:1.17: destination b.example/golang")
                .contains("(policy team)");
        assertThat(commands.rows()).isEmpty();
    }

    @Test
    void fileThatDoesNotExistHidesNoErrorOfAnother() throws IOException {
        String missing = directory.resolve("none.yaml").toString();
        assertThat(commands.run("validate", "-f", missing, file("bad.yaml", "kind: [")))
                .isEqualTo(Exit.DATA);
        assertThat(commands.err())
                .contains("2 errors:")
                .contains(missing + " does not exist")
                .contains("bad.yaml: invalid YAML");
    }

    @Test
    void fileThatDoesNotExistIsNotFound() {
        String missing = directory.resolve("none.yaml").toString();
        assertThat(commands.run("validate", "-f", missing)).isEqualTo(Exit.NOT_FOUND);
        assertThat(commands.err()).contains(missing);
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content).toString();
    }
}
