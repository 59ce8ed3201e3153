package dev.imagemirror.operator.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.MirrorRow;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PolicyWriterTest {
    @Test
    void policiesSurviveARoundTrip() throws PolicyException {
        List<Policy> policies = PolicyReader.read("""
                apiVersion: imagemirror.dev/v1alpha1
                kind: MirrorPolicy
                metadata: {name: team-1.a}
                spec:
                  interval: 90m
                  suspend: true
                  mirrors:
                    - source: a/b
                      destinations: [c.example/b, d.example:5000/b:other]
                      minAge: 36h
                      referrers: true
                    - source: a/c@sha256:%s
                      destinations: [c.example/c:1]
                    - source: a/d
                      destinations: [c.example/d]
                      tags: {include: ["*", "1_0", "on", "12.30", "?x", "-", "1e3", ".5", "0x1F", "null", "~", "2020-01-01"],
                             exclude: ["*-rc?", "no"], semver: ">=1.2 <2 || 3.x", latest: 10}
                    - source: a/e
                      destinations: [c.example/e]
                      tags: {}
                """.replace(", \"~\"", "").formatted("0".repeat(64)));
        assertThat(PolicyReader.read(PolicyWriter.write(policies.get(0).rows())))
                .isEqualTo(policies);
    }

    @Test
    void rowsByHandBecomeAPolicyOfTheirOwn() throws PolicyException {
        List<Policy> policies = PolicyReader.read(PolicyWriter.write(List.of(
                row("b.example/x", Map.of("Destination", Set.of("c.example/x", "d.example/x"))),
                row("b.example/y#file/team", Map.of("Destination", "c.example/y", "ManagedBy", "file/team")))));
        assertThat(policies).extracting(Policy::name).containsExactlyInAnyOrder("exported", "team");
        assertThat(policies).allMatch(policy -> policy.rows().size() == 1);
    }

    @Test
    void rowsOfAFileKeepTheirPolicyEvenIfItsNameIsTaken() throws PolicyException {
        List<MirrorRow> rows = List.of(
                row("b.example/1", Map.of("Destination", "c.example/1")),
                row("b.example/2", Map.of("Destination", "c.example/2", "Suspend", true)),
                row(
                        "b.example/3:latest#cluster/ns/base",
                        Map.of("Destination", "c.example/3", "ManagedBy", "cluster/ns/base")),
                row(
                        "b.example/4:latest#cluster/x",
                        Map.of("Destination", "c.example/4", "ManagedBy", "cluster/ns-base")),
                row("b.example/5:latest#file/base", Map.of("Destination", "c.example/5", "ManagedBy", "file/base")),
                row(
                        "b.example/6:latest#file/exported",
                        Map.of("Destination", "c.example/6", "ManagedBy", "file/exported")),
                row(
                        "b.example/7:latest#file/exported-2",
                        Map.of("Destination", "c.example/7", "ManagedBy", "file/exported-2")),
                row(
                        "b.example/8:latest#file/ns-base",
                        Map.of("Destination", "c.example/8", "ManagedBy", "file/ns-base")));
        List<Policy> policies = PolicyReader.read(PolicyWriter.write(rows));
        assertThat(policies).hasSize(8);
        for (MirrorRow row : rows) {
            String manager = (String) row.attributes().get("ManagedBy");
            if (manager != null && manager.startsWith("file/")) {
                assertThat(policies)
                        .filteredOn(policy -> policy.manager().equals(manager))
                        .singleElement()
                        .satisfies(policy -> assertThat(policy.rows())
                                .singleElement()
                                .satisfies(
                                        declared -> assertThat(declared.key()).isEqualTo(row.key())));
            }
        }
    }

    @Test
    void suspensionIntervalAndManagerDivideRowsIntoPolicies() throws PolicyException {
        List<Policy> policies = PolicyReader.read(PolicyWriter.write(List.of(
                row("b.example/1", Map.of("Destination", "c.example/1")),
                row("b.example/2", Map.of("Destination", "c.example/2", "Suspend", true)),
                row("b.example/3", Map.of("Destination", "c.example/3", "Interval", "1h")),
                row("b.example/4", Map.of("Destination", "c.example/4", "ManagedBy", "k/one/team")),
                row("b.example/5", Map.of("Destination", "c.example/5", "ManagedBy", "k/two/team")))));
        assertThat(policies)
                .extracting(Policy::name)
                .containsExactlyInAnyOrder("exported", "exported-2", "exported-3", "one-team", "two-team");
    }

    @Test
    void sourceThatSeveralOwnersMirrorStandsOnceInEachPolicy() throws PolicyException {
        List<Policy> policies = PolicyReader.read(PolicyWriter.write(List.of(
                row("b.example/x#one", Map.of("Destination", "c.example/1")),
                row("b.example/x#two", Map.of("Destination", "c.example/2")))));
        assertThat(policies).extracting(Policy::name).containsExactly("exported", "exported-2");
    }

    @Test
    void moreRowsThanAPolicyTakesBecomeSeveral() throws PolicyException {
        List<MirrorRow> rows = IntStream.range(0, 501)
                .mapToObj(i -> row("b.example/x" + i, Map.of("Destination", "c.example/x" + i)))
                .toList();
        List<Policy> policies = PolicyReader.read(PolicyWriter.write(rows));
        assertThat(policies).extracting(policy -> policy.rows().size()).containsExactly(250, 250, 1);
        Set<String> sources = new HashSet<>();
        policies.forEach(
                policy -> policy.rows().forEach(row -> sources.add(row.key().reference())));
        assertThat(sources).hasSize(501);
    }

    @Test
    void inexpressibleRowsBecomeOneLineComments() {
        List<String> destinations = new ArrayList<>();
        IntStream.range(0, 21).forEach(i -> destinations.add("c.example/x" + i));
        String text = PolicyWriter.write(List.of(
                row("b.example/a", Map.of("Destination", "c.example/a", "Expires", new BigDecimal(2_000_000_000))),
                row("b.example/b", Map.of("Destination", destinations)),
                row("bad\nspec: {mirrors: []}", Map.of("Destination", "c.example/c"))));
        assertThat(text.lines())
                .hasSize(3)
                .allMatch(line -> line.startsWith("# left out: "))
                .anyMatch(line -> line.contains("b.example/a has Expires"))
                .anyMatch(line -> line.contains("b.example/b has 21 destinations"))
                .anyMatch(line -> line.contains("bad spec: {mirrors: []} is invalid: Source: "));
    }

    @Test
    void managersBecomeNames() throws PolicyException {
        List<Policy> policies = PolicyReader.read(PolicyWriter.write(List.of(
                row("b.example/1", Map.of("Destination", "c.example/1", "ManagedBy", "file/..")),
                row("b.example/2", Map.of("Destination", "c.example/2", "ManagedBy", "file/My Team!")))));
        assertThat(policies).extracting(Policy::name).containsExactlyInAnyOrder("exported", "my-team");
    }

    @Test
    void emptyTableIsEmptyText() {
        assertThat(PolicyWriter.write(List.of())).isEmpty();
    }

    private static MirrorRow row(String key, Map<String, Object> attributes) {
        return new MirrorRow(new EntryKey(key), attributes);
    }
}
